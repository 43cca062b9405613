/** Which batches a training learns from, and which it is measured with. */
import { GraphError } from "../../graph/error.ts";
import { arraySource, isBatchStream, streamSource } from "./batch-source.ts";
import type { BatchSource, BatchStream } from "./batch-source.ts";
import { checkBatchSize, checkSteps } from "./evaluate.ts";
import { sliceExamples } from "./examples.ts";
import type { Examples, ModelData, SampleWeights, WeightOptions } from "./examples.ts";
import type { Trainer } from "./trainer.ts";

/** Arrays, or a stream of batches. */
export type ValidationData = readonly [x: ModelData, y: ModelData, sampleWeight?: SampleWeights] | BatchStream;

export interface SourceOptions extends WeightOptions {
  readonly batchSize?: number;
  readonly validationSplit?: number;
  readonly validationData?: ValidationData;
  readonly shuffle?: boolean;
  readonly seed: number;
  readonly stepsPerEpoch?: number;
  readonly validationSteps?: number;
}

export interface Sources {
  readonly training: BatchSource;
  readonly validation: BatchSource | undefined;
}

/**
 * @throws GraphError when the data do not fit the model.
 * @throws RangeError when the validation split leaves nothing to train or to measure with, or a number of batches is out of range.
 */
export function planSources(
  trainer: Trainer,
  x: ModelData | BatchStream,
  y: ModelData | undefined,
  options: SourceOptions,
): Sources {
  const { batchSize = 32, validationSplit = 0, validationData, shuffle = true, seed } = options;
  const { classWeight, sampleWeight, stepsPerEpoch, validationSteps } = options;
  checkBatchSize(batchSize);
  checkSteps({ stepsPerEpoch, validationSteps });
  const held = validationData && validationSource(trainer, validationData, batchSize, validationSteps);
  if (isBatchStream(x)) {
    if (held === undefined && validationSplit > 0) {
      throw new GraphError("a stream of batches cannot be split; give validationData instead of validationSplit");
    }
    const toExamples = (...batch: Parameters<Trainer["examples"]>): Examples => trainer.examples(...batch);
    return { training: streamSource(x, toExamples, { steps: stepsPerEpoch, classWeight }), validation: held };
  }
  const all = trainer.examples(x, y, { sampleWeight, classWeight });
  const order = { batchSize, steps: stepsPerEpoch, ...(shuffle && { shuffle: { seed } }) };
  if (held !== undefined || validationSplit === 0) return { training: arraySource(all, order), validation: held };
  // Keras's rounding.
  const border = Math.floor(all.count * (1 - validationSplit));
  if (!(validationSplit > 0 && validationSplit < 1) || border === 0 || border === all.count) {
    throw new RangeError(
      `validationSplit must leave samples to train with and to validate with; ${validationSplit} of ${all.count} came`,
    );
  }
  return {
    training: arraySource(sliceExamples(all, 0, border), order),
    validation: arraySource(sliceExamples(all, border, all.count), { batchSize, steps: validationSteps }),
  };
}

function validationSource(
  trainer: Trainer,
  data: ValidationData,
  batchSize: number,
  steps: number | undefined,
): BatchSource {
  const names = ["the inputs of validationData", "its targets"] as const;
  if (isBatchStream(data)) {
    return streamSource(data, (x, y, weights) => trainer.examples(x, y, weights, names), { steps });
  }
  const [x, y, sampleWeight] = data;
  return arraySource(trainer.examples(x, y, { sampleWeight }, names), { batchSize, steps });
}
