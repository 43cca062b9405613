import type { Node } from "../../graph/node.ts";
import { add, mul, sign, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkDecay } from "./option-checks.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface LionOptions extends OptimizerOptions {
  /** What the direction of a step keeps of the gradients before, above 0 to 1; 0.9 unless given. */
  readonly beta1?: number | undefined;
  /** Decay of the mean of the gradients, 0.99 unless given. */
  readonly beta2?: number | undefined;
}

class Lion extends Optimizer<"momentum", "learningRate"> {
  protected readonly ruleSlots = [["momentum"]] as const;
  readonly #beta1: number;
  readonly #beta2: number;

  constructor(options: LionOptions) {
    super("Lion", 0.001, options);
    const { beta1 = 0.9, beta2 = 0.99 } = options;
    if (!(beta1 > 0 && beta1 <= 1)) {
      throw new RangeError(`beta1 of Lion must be above 0 and at most 1; ${beta1} came`);
    }
    this.#beta1 = beta1;
    this.#beta2 = checkDecay("Lion", "beta2", beta2);
  }

  protected stepNumbers(_step: number, learningRate: number): { learningRate: number } {
    return { learningRate };
  }

  // w ← w − α·sign(β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g
  update({ variable, gradient, slots, scalars }: UpdateOperands<"momentum", "learningRate">): UpdateResult<"momentum"> {
    // Keras subtracts from 1 in float32.
    const mixed = (decay: number): Node => add(mul(slots.momentum, decay), mul(gradient, 1 - Math.fround(decay)));
    const direction = sign(mixed(this.#beta1));
    return { variable: sub(variable, mul(direction, scalars.learningRate)), slots: { momentum: mixed(this.#beta2) } };
  }

  protected settings(): KerasConfig {
    return { beta_1: this.#beta1, beta_2: this.#beta2 };
  }
}

/**
 * Lion (Chen et al. 2023, arXiv:2302.06675): steps of one size in each weight, only their signs learn. The learning rate is 0.001
 * unless given; the paper takes a third to a tenth of Adam's.
 */
export function lion(options: LionOptions = {}): Optimizer {
  return new Lion(options);
}

export function lionFromConfig(config: ConfigReader): Optimizer {
  return lion({
    ...optimizerOptions(config),
    beta1: config.optionalNumber("beta_1"),
    beta2: config.optionalNumber("beta_2"),
  });
}
