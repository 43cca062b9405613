import { add, mul, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface SgdOptions extends OptimizerOptions {
  /** How much of the last step carries over, from 0 to 1; 0 unless given. */
  readonly momentum?: number | undefined;
  /** Whether to look ahead along the momentum; false unless given. */
  readonly nesterov?: boolean | undefined;
}

class SGD extends Optimizer<"momentum", "learningRate"> {
  protected readonly ruleSlots: readonly (readonly "momentum"[])[];
  readonly #momentum: number;
  readonly #nesterov: boolean;

  constructor(options: SgdOptions) {
    super("SGD", 0.01, options);
    const { momentum = 0, nesterov = false } = options;
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new RangeError(`momentum of SGD must be from 0 to 1; ${momentum} came`);
    }
    this.ruleSlots = momentum === 0 ? [] : [["momentum"]];
    this.#momentum = momentum;
    this.#nesterov = nesterov;
  }

  protected stepNumbers(_step: number, learningRate: number): { learningRate: number } {
    return { learningRate };
  }

  // v ← μv − αg; w ← w + v, or with Nesterov's momentum w ← w + μv − αg
  update({ variable, gradient, slots, scalars }: UpdateOperands<"momentum", "learningRate">): UpdateResult<"momentum"> {
    const step = mul(gradient, scalars.learningRate);
    if (this.#momentum === 0) return { variable: sub(variable, step), slots };
    const momentum = sub(mul(slots.momentum, this.#momentum), step);
    const change = this.#nesterov ? sub(mul(momentum, this.#momentum), step) : momentum;
    return { variable: add(variable, change), slots: { momentum } };
  }

  protected settings(): KerasConfig {
    return { momentum: this.#momentum, nesterov: this.#nesterov };
  }
}

/** Gradient descent, with momentum if asked for. The learning rate is 0.01 unless given. */
export function sgd(options: SgdOptions = {}): Optimizer {
  return new SGD(options);
}

export function sgdFromConfig(config: ConfigReader): Optimizer {
  return sgd({
    ...optimizerOptions(config),
    momentum: config.optionalNumber("momentum"),
    nesterov: config.boolean("nesterov", false),
  });
}
