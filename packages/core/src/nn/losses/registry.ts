/** Losses by their Keras names. */
import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Registry } from "../registry.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import type { Loss, LossOptions } from "./loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import type { CrossentropyOptions } from "./probability.ts";
import { reductionFromKeras } from "./reduction.ts";

/** A loss, the name of one, or a function that builds the values of each sample, as `Loss.values`. */
export type LossLike = Loss | string | ((target: Node, prediction: Node) => Node);

/** By class name and by the names of Keras's functions. */
export const losses = new Registry<Loss>("loss", "keras.losses", {
  BinaryCrossentropy: (config) => binaryCrossentropy(crossentropyOptions(config)),
  CategoricalCrossentropy: (config) => categoricalCrossentropy(crossentropyOptions(config)),
  MeanAbsoluteError: (config) => meanAbsoluteError(lossOptions(config)),
  MeanSquaredError: (config) => meanSquaredError(lossOptions(config)),
  bce: () => binaryCrossentropy(),
  mae: () => meanAbsoluteError(),
  mse: () => meanSquaredError(),
});

/**
 * The loss that was asked for.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getLoss(loss: LossLike): Loss {
  if (typeof loss !== "function") return losses.get(loss);
  const custom = { className: "Custom", config: {}, reduction: "sumOverBatchSize" } as const;
  return { ...custom, name: loss.name || "loss", values: loss };
}

/** What every loss has. */
export function lossOptions(config: ConfigReader): LossOptions {
  const name = config.string("name", "");
  return {
    reduction: reductionFromKeras(config.string("reduction", "sum_over_batch_size")),
    ...(name !== "" && { name }),
  };
}

function crossentropyOptions(config: ConfigReader): CrossentropyOptions {
  return {
    ...lossOptions(config),
    fromLogits: config.boolean("from_logits", false),
    labelSmoothing: config.optionalNumber("label_smoothing") ?? 0,
  };
}
