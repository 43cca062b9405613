/** Losses by their Keras names. */
import type { Node } from "../../graph/node.ts";
import { describeUnknown } from "../nearest-name.ts";
import { binaryCrossentropy } from "./binary-crossentropy.ts";
import { categoricalCrossentropy } from "./categorical-crossentropy.ts";
import type { Loss } from "./loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";
import { meanSquaredError } from "./mean-squared-error.ts";

/** A loss, the name of one, or a function that builds the loss of each sample, of the shape []. */
export type LossLike = Loss | string | ((target: Node, prediction: Node) => Node);

const LOSSES: Readonly<Record<string, () => Loss>> = {
  mse: meanSquaredError,
  mean_squared_error: meanSquaredError,
  mae: meanAbsoluteError,
  mean_absolute_error: meanAbsoluteError,
  bce: binaryCrossentropy,
  binary_crossentropy: binaryCrossentropy,
  categorical_crossentropy: categoricalCrossentropy,
};

/** The loss of a name in Keras's spelling or in camelCase; undefined when there is none. */
export function findLoss(name: string): Loss | undefined {
  const found = Object.keys(LOSSES).find((known) => comparable(known) === comparable(name));
  return LOSSES[found ?? ""]?.();
}

/** The names that `findLoss` knows. */
export function lossNames(): string[] {
  return Object.keys(LOSSES);
}

/**
 * The loss that was asked for.
 *
 * @throws RangeError when there is none of that name; it suggests the nearest.
 */
export function getLoss(loss: LossLike): Loss {
  if (typeof loss === "object") return loss;
  if (typeof loss === "function") {
    return { name: loss.name || "loss", className: "Custom", config: {}, perSample: loss };
  }
  const found = findLoss(loss);
  if (found !== undefined) return found;
  throw new RangeError(`unknown loss ${describeUnknown(loss, lossNames())}`);
}

function comparable(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
