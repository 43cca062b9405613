/** Losses by their Keras names. */
import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Registry } from "../registry.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { binaryFocalCrossentropy } from "./binary-focal-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import { categoricalFocalCrossentropy } from "./categorical-focal-crossentropy.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
import { huber } from "./huber.ts";
import { klDivergence } from "./kl-divergence.ts";
import { logCosh } from "./log-cosh.ts";
import type { Loss, LossOptions } from "./loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";
import { poisson } from "./poisson.ts";
import type { CrossentropyOptions } from "./probability.ts";
import { reductionFromKeras } from "./reduction.ts";
import { meanAbsolutePercentageError, meanSquaredLogarithmicError } from "./relative-errors.ts";
import { sparseCategoricalCrossentropy } from "./sparse-categorical-crossentropy.ts";
import { ssimLoss } from "./ssim-loss.ts";

/** A loss, the name of one, or a function that builds the values of each sample, as `Loss.values`. */
export type LossLike = Loss | string | ((target: Node, prediction: Node) => Node);

/** By class name and by the names of Keras's functions. */
export const losses = new Registry<Loss>("loss", "keras.losses", {
  BinaryCrossentropy: (config) => binaryCrossentropy(crossentropyOptions(config)),
  BinaryFocalCrossentropy: (config) =>
    binaryFocalCrossentropy({
      ...crossentropyOptions(config),
      applyClassBalancing: config.boolean("apply_class_balancing", false),
      alpha: config.optionalNumber("alpha") ?? 0.25,
      gamma: config.optionalNumber("gamma") ?? 2,
    }),
  CategoricalCrossentropy: (config) => categoricalCrossentropy(crossentropyOptions(config)),
  CategoricalFocalCrossentropy: (config) =>
    categoricalFocalCrossentropy({
      ...crossentropyOptions(config),
      alpha: config.isList("alpha") ? config.numbers("alpha") : (config.optionalNumber("alpha") ?? 0.25),
      gamma: config.optionalNumber("gamma") ?? 2,
    }),
  CategoricalHinge: (config) => categoricalHinge(lossOptions(config)),
  CosineSimilarity: (config) => cosineSimilarity({ ...lossOptions(config), axis: config.optionalNumber("axis") ?? -1 }),
  Hinge: (config) => hinge(lossOptions(config)),
  Huber: (config) => huber({ ...lossOptions(config), delta: config.optionalNumber("delta") ?? 1 }),
  KLDivergence: (config) => klDivergence(lossOptions(config)),
  LogCosh: (config) => logCosh(lossOptions(config)),
  MeanAbsoluteError: (config) => meanAbsoluteError(lossOptions(config)),
  MeanAbsolutePercentageError: (config) => meanAbsolutePercentageError(lossOptions(config)),
  MeanSquaredError: (config) => meanSquaredError(lossOptions(config)),
  MeanSquaredLogarithmicError: (config) => meanSquaredLogarithmicError(lossOptions(config)),
  Poisson: (config) => poisson(lossOptions(config)),
  SparseCategoricalCrossentropy: (config) =>
    sparseCategoricalCrossentropy({
      ...lossOptions(config),
      fromLogits: config.boolean("from_logits", false),
      ignoreClass: config.optionalNumber("ignore_class"),
    }),
  SquaredHinge: (config) => squaredHinge(lossOptions(config)),
  bce: () => binaryCrossentropy(),
  kld: () => klDivergence(),
  mae: () => meanAbsoluteError(),
  mape: () => meanAbsolutePercentageError(),
  mse: () => meanSquaredError(),
  msle: () => meanSquaredLogarithmicError(),
  ssim: () => ssimLoss(),
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
function lossOptions(config: ConfigReader): LossOptions {
  const name = config.string("name", "");
  return {
    reduction: reductionFromKeras(config.string("reduction", "sum_over_batch_size")),
    ...(name !== "" && { name }),
  };
}

function crossentropyOptions(config: ConfigReader): CrossentropyOptions {
  config.requireOnly({ axis: -1 });
  return {
    ...lossOptions(config),
    fromLogits: config.boolean("from_logits", false),
    labelSmoothing: config.optionalNumber("label_smoothing") ?? 0,
  };
}
