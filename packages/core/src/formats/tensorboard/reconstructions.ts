/** Samples beside what the model makes of them while it is trained. */
import { formatShape, sameShape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import { gatherRows, toRows } from "../../nn/tensor-data.ts";
import type { DataLike } from "../../nn/tensor-data.ts";
import { imagePairs } from "./images.ts";
import { imageSummary } from "./summaries.ts";
import type { Summary } from "./messages.ts";

export interface ReconstructionOptions {
  /** Samples of the model's input, with values from 0 to 1. */
  readonly images: DataLike;
  /** Epochs from one time to the next; 1 unless given. */
  readonly every?: number;
  /** How many to show, the first ones; 8 unless given. */
  readonly count?: number;
}

/**
 * Each sample with its reconstruction to the right.
 *
 * @throws RangeError unless the model makes images of images of the same shape, `[height, width]` or with 1, 3 or 4 channels.
 */
export async function reconstructionSummary(
  model: Model,
  { images, count = 8 }: ReconstructionOptions,
): Promise<Summary> {
  const [input, output] = [model.inputs[0]?.shape ?? [], model.outputs[0]?.shape ?? []];
  const isImage = input.length === 2 || (input.length === 3 && [1, 3, 4].includes(input[2] as number));
  if (!isImage || !sameShape(input, output) || model.inputs.length + model.outputs.length > 2) {
    throw new RangeError(
      "reconstructions are shown of models from images to images of the same shape, [height, width, 1, 3 or 4]; " +
        `model "${model.name}" goes from ${formatShape(input)} to ${formatShape(output)}`,
    );
  }
  const rows = toRows("the images of tensorBoard", images, input);
  const shown = Math.min(count, rows.count);
  const originals = new Float32Array(shown * rows.size);
  gatherRows(
    rows,
    Uint32Array.from({ length: shown }, (_, index) => index),
    0,
    shown,
    originals,
  );
  const reconstructions = await model.predict(originals);
  return imageSummary("reconstructions", imagePairs(input, originals, reconstructions), shown);
}
