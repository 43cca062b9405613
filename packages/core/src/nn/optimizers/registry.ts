/** Optimizers by their Keras names. */
import { describeUnknown } from "../nearest-name.ts";
import { adam } from "./adam.ts";
import { nadam } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** An optimizer, or the name of one with its default settings. */
export type OptimizerLike = Optimizer | string;

const OPTIMIZERS: Readonly<Record<string, () => Optimizer>> = { sgd, rmsprop, adam, nadam };

/**
 * The optimizer that was asked for.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getOptimizer(optimizer: OptimizerLike): Optimizer {
  if (typeof optimizer !== "string") return optimizer;
  const make = OPTIMIZERS[optimizer.toLowerCase()];
  if (make !== undefined) return make();
  throw new RangeError(`unknown optimizer ${describeUnknown(optimizer, Object.keys(OPTIMIZERS))}`);
}
