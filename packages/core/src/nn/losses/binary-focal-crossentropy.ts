/** The binary crossentropy, counted less where the prediction is sure and right already (Lin et al. 2017, arXiv:1708.02002). */
import { add, mul, sigmoid, sub } from "../../ops/elementwise.ts";
import { crossentropyOfEach } from "./binary-crossentropy.ts";
import { elementwiseLoss } from "./define-loss.ts";
import type { Loss } from "./loss.ts";
import { checkGamma, checkSmoothing, crossentropyConfig, focalFactor, smoothLabels } from "./probability.ts";
import type { CrossentropyOptions } from "./probability.ts";

export interface BinaryFocalCrossentropyOptions extends CrossentropyOptions {
  /** Whether to weigh targets of 1 with alpha and targets of 0 with 1 − alpha; false unless given. */
  readonly applyClassBalancing?: boolean;
  /** 0.25 unless given. */
  readonly alpha?: number;
  /** How much less sure predictions count: 0 makes it the binary crossentropy. 2 unless given. */
  readonly gamma?: number;
}

/**
 * The mean over the last axis of (1 − q)ᵞ · (−t·log p − (1 − t)·log(1 − p)), q = t·p + (1 − t)·(1 − p) being the probability that
 * the prediction gives to the target.
 *
 * @throws RangeError when the label smoothing is not between 0 and 1, or gamma below 0.
 */
export function binaryFocalCrossentropy({
  applyClassBalancing = false,
  alpha = 0.25,
  gamma = 2,
  fromLogits = false,
  labelSmoothing = 0,
  ...options
}: BinaryFocalCrossentropyOptions = {}): Loss {
  const description = {
    className: "BinaryFocalCrossentropy",
    defaultName: "binary_focal_crossentropy",
    config: {
      ...crossentropyConfig({ fromLogits, labelSmoothing }),
      apply_class_balancing: applyClassBalancing,
      alpha,
      gamma,
    },
  };
  checkSmoothing(description.defaultName, labelSmoothing);
  checkGamma(description.defaultName, gamma);
  return elementwiseLoss(description, options, (target, prediction) => {
    const expected = smoothLabels(target, labelSmoothing, 2);
    const unexpected = sub(1, expected);
    const p = fromLogits ? sigmoid(prediction) : prediction;
    const doubt = sub(1, add(mul(expected, p), mul(unexpected, sub(1, p))));
    const focal = mul(focalFactor(doubt, gamma), crossentropyOfEach(expected, prediction, fromLogits));
    if (!applyClassBalancing) return focal;
    return mul(add(mul(expected, alpha), mul(unexpected, 1 - alpha)), focal);
  });
}
