import { rows } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { hasTargets, targetsOf } from "../../data/targets.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { augmentation } from "../../nn/augmentation/index.ts";
import type { AugmentationLike } from "../../nn/augmentation/index.ts";
import type { Exhibit, RowsExhibit } from "../exhibit.ts";
import { areImages, firstSamples, numShown } from "../exhibits.ts";
import { augmentedPairs } from "./augmented-samples.ts";
import type { AugmentedSamplesOptions } from "./augmented-samples.ts";

/** How often each sample is changed. Charts of more would hide one another. */
const COPIES = { ofImages: 7, ofPairs: 3, ofOthers: 2 };

const PAIRED =
  " Below each stands its target: what moves the pixels of a sample moves those of its target alike, and what changes values changes the sample alone.";
const MIXED = " Mixed ones show another sample within the first, or even in its place.";

/**
 * A contact sheet: samples, and below each what a training with this augmentation may see of it.
 *
 * @param data some samples, of which the first are shown; those of mixtures are mixed with one another.
 * @throws RangeError when the augmentation is none.
 * @throws GraphError when samples of this shape cannot be changed so.
 */
export async function augmentationExhibit(
  data: Dataset,
  given: AugmentationLike,
  options: Omit<AugmentedSamplesOptions, "copies"> = {},
): Promise<Exhibit> {
  const chosen = augmentation(given);
  const some = rows(data, 0, Math.min(numShown(data.shape), data.count));
  const { shape, count } = some;
  const isPaired = hasTargets(some);
  const ofImages = isPaired ? COPIES.ofPairs : COPIES.ofImages;
  const copies = areImages(shape) ? ofImages : COPIES.ofOthers;
  const { samples, targets } = await augmentedPairs(some, chosen, { ...options, copies });
  const size = sizeOf(shape);
  const row = (name: string, values: Float32Array): RowsExhibit["rows"][number] => ({ name, shape, values });
  return {
    kind: "rows",
    title: "Augmented samples",
    note:
      `Above, samples as they are; below each, how a training with ${chosen.toString()} may see it in other steps. What a sample shows ` +
      `should still be recognized in all of them; otherwise take smaller amounts.${isPaired ? PAIRED : ""}${chosen.mixUp === undefined ? "" : MIXED}`,
    rows: [
      { name: "original", ...firstSamples(some, count) },
      ...(isPaired ? [{ name: "target", ...firstSamples(targetsOf(some), count) }] : []),
      ...Array.from({ length: copies }, (_, copy) => [
        row(`seen ${copy + 1}`, everyCopy(samples, { copy, copies, size })),
        ...(targets ? [row(`target ${copy + 1}`, everyCopy(targets, { copy, copies, size }))] : []),
      ]).flat(),
    ],
  };
}

/** One copy of each sample, of all copies of the first sample, those of the second, and so on. */
function everyCopy(
  values: Float32Array,
  { copy, copies, size }: { readonly copy: number; readonly copies: number; readonly size: number },
): Float32Array {
  return Float32Array.from({ length: values.length / copies }, (_, index) => {
    const sample = Math.floor(index / size);
    return values[(sample * copies + copy) * size + (index % size)] as number;
  });
}
