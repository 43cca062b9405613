/**
 * The order of an optimizer's variables under `optimizer/vars` in the weights file.
 *
 * Source: `build` of each optimizer in Keras 3, `keras/src/optimizers/`.
 */
import type { KerasConfig } from "../../nn/keras-object.ts";
import { describeUnknown } from "../../nn/nearest-name.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** Variables that an optimizer keeps for each weight, in Keras's names. */
export type OptimizerSlot = "momentum" | "velocity" | "velocity_hat" | "average_gradient";

/** One variable of an optimizer: a number, or the slot of one trainable weight (counted in Keras's order). */
export type OptimizerVariable =
  /** Updates done so far, an int64. */
  | { readonly kind: "iterations" }
  | { readonly kind: "learningRate" }
  /** Nadam's product of its momentum factors so far. */
  | { readonly kind: "momentumProduct" }
  | { readonly kind: "slot"; readonly slot: OptimizerSlot; readonly weight: number };

const COMMON: readonly OptimizerVariable[] = [{ kind: "iterations" }, { kind: "learningRate" }];

type Layout = (numWeights: number, config: KerasConfig) => readonly OptimizerVariable[];

const LAYOUTS: Readonly<Record<string, Layout>> = {
  SGD: (numWeights, config) => (hasMomentum(config) ? slots(numWeights, ["momentum"]) : []),
  RMSprop: (numWeights, config) => [
    ...slots(numWeights, ["velocity"]),
    ...(hasMomentum(config) ? slots(numWeights, ["momentum"]) : []),
    ...(config["centered"] === true ? slots(numWeights, ["average_gradient"]) : []),
  ],
  Adam: (numWeights, config) => [
    ...slots(numWeights, ["momentum", "velocity"]),
    ...(config["amsgrad"] === true ? slots(numWeights, ["velocity_hat"]) : []),
  ],
  Nadam: (numWeights) => [...slots(numWeights, ["momentum", "velocity"]), { kind: "momentumProduct" }],
};

/**
 * The variables of an optimizer in the order of the file: the first is `optimizer/vars/0`.
 *
 * @param className Keras's name, such as `Adam`.
 * @param config in Keras's spelling; `momentum`, `centered` and `amsgrad` decide which variables there are.
 * @param numWeights of the trainable weights.
 * @throws KerasFileError when the optimizer is unknown.
 */
export function optimizerVariables(
  className: string,
  config: KerasConfig,
  numWeights: number,
): readonly OptimizerVariable[] {
  const layout = Object.hasOwn(LAYOUTS, className) ? LAYOUTS[className] : undefined;
  if (layout !== undefined) return [...COMMON, ...layout(numWeights, config)];
  throw new KerasFileError(`unknown optimizer ${describeUnknown(className, Object.keys(LAYOUTS))}`);
}

/** Keras leaves the variables of a momentum of 0, its default, away. */
function hasMomentum(config: KerasConfig): boolean {
  return (config["momentum"] ?? 0) !== 0;
}

/** The slots of one weight beside one another, then those of the next. */
function slots(numWeights: number, names: readonly OptimizerSlot[]): readonly OptimizerVariable[] {
  return Array.from({ length: numWeights }, (_, weight) => weight).flatMap((weight) =>
    names.map((slot) => ({ kind: "slot", slot, weight }) as const),
  );
}
