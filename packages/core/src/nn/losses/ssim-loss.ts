import { sub } from "../../ops/elementwise.ts";
import type { Loss, LossOptions } from "./loss.ts";
import { structuralSimilarity } from "./structural-similarity.ts";
import type { SsimOptions } from "./structural-similarity.ts";

export interface SsimLossOptions extends LossOptions, SsimOptions {}

/**
 * 1 − SSIM of images [height, width, channels], one number for each sample: 0 for equal images.
 *
 * It is none of Keras's losses, so files of models cannot hold it.
 */
export function ssimLoss({
  reduction = "sumOverBatchSize",
  name = "ssim_loss",
  ...options
}: SsimLossOptions = {}): Loss {
  return {
    name,
    className: "Custom",
    config: {},
    reduction,
    values: (target, prediction) => sub(1, structuralSimilarity(name, target, prediction, options)),
  };
}
