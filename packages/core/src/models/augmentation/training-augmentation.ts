import { GraphError } from "../../graph/error.ts";
import { augmentation } from "../../nn/augmentation/index.ts";
import type { AugmentationLike } from "../../nn/augmentation/index.ts";
import type { CustomTraining } from "../../nn/model/custom-trainer.ts";
import type { Brief, Network } from "../model-family.ts";
import { rangeOfValues } from "../values.ts";

/** How a training changes samples, whatever the family. */
export interface TrainingAugmentation {
  /** How much the samples of a batch are mixed with one another, if at all. */
  readonly mixUp: number | undefined;
  /** What the steps see of their data, of which the first inputs are the samples. */
  readonly augment: NonNullable<CustomTraining["augment"]>;
}

/**
 * The augmentation of samples as a model's training needs it. Samples that are inputs and targets alike change as both in the same way;
 * of targets of their own the pixels move as those of the samples do. The classes of a conditional model stay, unless samples are mixed.
 *
 * @throws RangeError when the augmentation is none.
 * @throws GraphError when the samples cannot be changed so, or the model is solved from all of them at once.
 */
export function trainingAugmentation(
  given: AugmentationLike,
  { shape, values }: Brief,
  { model, phases }: Network,
): TrainingAugmentation {
  const chosen = augmentation(given);
  chosen.check(shape);
  if (phases.some(({ kind }) => kind === "solved")) {
    throw new GraphError(
      `the model "${model.name}" is solved at once, from the samples as they are: it sees no augmented ones. Train it without ` +
        `augmentation ("${chosen.toString()}" came), or take a model that is trained step by step`,
    );
  }
  const range = rangeOfValues(values);
  return {
    mixUp: chosen.mixUp,
    augment: (context, { inputs: [sample, ...others], targets: [target] }) => {
      if (target === undefined) return { inputs: [chosen.apply(context, sample!, range), ...others], targets: [] };
      const [seen, wanted] = chosen.applyToPair(context, [sample!, target], range);
      return { inputs: [seen, ...others], targets: [wanted] };
    },
  };
}
