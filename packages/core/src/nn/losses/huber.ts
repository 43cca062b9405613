import { abs, greater, mul, square, sub, where } from "../../ops/elementwise.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss, LossOptions } from "./loss.ts";

export interface HuberOptions extends LossOptions {
  /** The error from which on the loss is linear; 1 unless given. */
  readonly delta?: number;
}

/**
 * Quadratic for small errors e = prediction − target and linear for large ones: the mean over the last axis of ½e² where
 * |e| ≤ δ, else δ·|e| − ½δ² (Huber 1964).
 *
 * @throws RangeError unless delta is a number above 0.
 */
export function huber({ delta = 1, ...options }: HuberOptions = {}): Loss {
  if (!(Number.isFinite(delta) && delta > 0)) {
    throw new RangeError(`the delta of huber must be a number above 0; ${delta} came`);
  }
  const description = { className: "Huber", defaultName: "huber_loss", config: { delta } };
  return elementwiseLoss(description, options, (target, prediction) => {
    const error = sub(prediction, target);
    const size = abs(error);
    return where(greater(size, delta), sub(mul(size, delta), 0.5 * delta * delta), mul(square(error), 0.5));
  });
}
