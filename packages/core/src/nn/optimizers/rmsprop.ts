import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkDecay, checkEpsilon } from "./option-checks.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface RmspropOptions extends OptimizerOptions {
  /** Decay of the moving averages, 0.9 unless given. */
  readonly rho?: number | undefined;
  /** How much of the last step carries over; 0 unless given. */
  readonly momentum?: number | undefined;
  /** Added under the root, 1e-7 unless given. */
  readonly epsilon?: number | undefined;
  /** Whether to divide by the estimated deviation instead of the root mean square; false unless given. */
  readonly centered?: boolean | undefined;
}

type Slot = "velocity" | "momentum" | "average_gradient";

class RMSprop extends Optimizer<Slot, "learningRate"> {
  protected readonly ruleSlots: readonly (readonly Slot[])[];
  readonly #rho: number;
  readonly #momentum: number;
  readonly #epsilon: number;
  readonly #centered: boolean;

  constructor(options: RmspropOptions) {
    super("RMSprop", 0.001, options);
    const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options;
    this.#rho = checkDecay("RMSprop", "rho", rho);
    this.#momentum = checkDecay("RMSprop", "momentum", momentum);
    this.#epsilon = checkEpsilon("RMSprop", epsilon);
    this.#centered = centered;
    this.ruleSlots = [
      ["velocity"],
      ...(momentum > 0 ? [["momentum" as const]] : []),
      ...(centered ? [["average_gradient" as const]] : []),
    ];
  }

  protected stepNumbers(_step: number, learningRate: number): { learningRate: number } {
    return { learningRate };
  }

  // v ← ρv + (1 − ρ)g²; step = αg / √(v + ε), centered: αg / √(v − a² + ε) with a ← ρa + (1 − ρ)g;
  // w ← w − step, with momentum w ← w − m with m ← μm + step
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, "learningRate">): UpdateResult<Slot> {
    const rho = this.#rho;
    const velocity = add(mul(slots.velocity, rho), mul(square(gradient), 1 - rho));
    const next = { ...slots, velocity };
    let variance = velocity;
    if (this.#centered) {
      next.average_gradient = add(mul(slots.average_gradient, rho), mul(gradient, 1 - rho));
      variance = sub(velocity, square(next.average_gradient));
    }
    const step = div(mul(gradient, scalars.learningRate), sqrt(add(variance, this.#epsilon)));
    if (this.#momentum === 0) return { variable: sub(variable, step), slots: next };
    next.momentum = add(mul(slots.momentum, this.#momentum), step);
    return { variable: sub(variable, next.momentum), slots: next };
  }

  protected settings(): KerasConfig {
    return { rho: this.#rho, momentum: this.#momentum, epsilon: this.#epsilon, centered: this.#centered };
  }
}

/** RMSprop (Hinton 2012): steps divided by the root of a moving average of g². The learning rate is 0.001 unless given. */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  return new RMSprop(options);
}

export function rmspropFromConfig(config: ConfigReader): Optimizer {
  return rmsprop({
    ...optimizerOptions(config),
    rho: config.optionalNumber("rho"),
    momentum: config.optionalNumber("momentum"),
    epsilon: config.optionalNumber("epsilon"),
    centered: config.boolean("centered", false),
  });
}
