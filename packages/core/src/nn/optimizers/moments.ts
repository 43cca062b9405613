/** What Adam and its relatives share: moving averages of the gradient and of its size. */
import type { Node } from "../../graph/node.ts";
import { add, mul, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkDecay, checkEpsilon } from "./option-checks.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import type { OptimizerOptions } from "./optimizer-options.ts";

export interface MomentOptions extends OptimizerOptions {
  /** Decay of the mean of the gradients, 0.9 unless given. */
  readonly beta1?: number | undefined;
  /** Decay of the mean of their sizes, 0.999 unless given. */
  readonly beta2?: number | undefined;
  /** Added to the divisor, 1e-7 unless given. */
  readonly epsilon?: number | undefined;
}

export interface Moments {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** @throws RangeError when one is out of range. */
export function resolveMoments(
  className: string,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: MomentOptions,
): Moments {
  return {
    beta1: checkDecay(className, "beta1", beta1),
    beta2: checkDecay(className, "beta2", beta2),
    epsilon: checkEpsilon(className, epsilon),
  };
}

/** The settings in Keras's spelling. */
export function momentsConfig({ beta1, beta2, epsilon }: Moments): KerasConfig {
  return { beta_1: beta1, beta_2: beta2, epsilon };
}

/** The options of a Keras configuration. */
export function momentOptions(config: ConfigReader): MomentOptions {
  return {
    ...optimizerOptions(config),
    beta1: config.optionalNumber("beta_1"),
    beta2: config.optionalNumber("beta_2"),
    epsilon: config.optionalNumber("epsilon"),
  };
}

/** A moving average after one more value: m ← m + (x − m)(1 − β). */
export function movingMean(mean: Node, value: Node, decay: number): Node {
  return add(mean, mul(sub(value, mean), 1 - decay));
}
