import type { Node } from "../../graph/node.ts";
import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkDecay, checkEpsilon } from "./option-checks.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface AdadeltaOptions extends OptimizerOptions {
  /** Decay of the moving averages, 0.95 unless given. */
  readonly rho?: number | undefined;
  /** Added under the roots, 1e-7 unless given. */
  readonly epsilon?: number | undefined;
}

type Slot = "accumulated_grad" | "accumulated_delta_var";

class Adadelta extends Optimizer<Slot, "learningRate"> {
  protected readonly ruleSlots = [["accumulated_grad", "accumulated_delta_var"]] as const;
  readonly #rho: number;
  readonly #epsilon: number;

  constructor(options: AdadeltaOptions) {
    super("Adadelta", 0.001, options);
    const { rho = 0.95, epsilon = 1e-7 } = options;
    this.#rho = checkDecay("Adadelta", "rho", rho);
    this.#epsilon = checkEpsilon("Adadelta", epsilon);
  }

  protected stepNumbers(_step: number, learningRate: number): { learningRate: number } {
    return { learningRate };
  }

  // a ← ρa + (1 − ρ)g²; change = √(d + ε)·g / √(a + ε); d ← ρd + (1 − ρ)·change²; w ← w − α·change
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, "learningRate">): UpdateResult<Slot> {
    const accumulatedGrad = this.#mixed(slots.accumulated_grad, gradient);
    const change = div(mul(this.#root(slots.accumulated_delta_var), gradient), this.#root(accumulatedGrad));
    const accumulatedDelta = this.#mixed(slots.accumulated_delta_var, change);
    return {
      variable: sub(variable, mul(change, scalars.learningRate)),
      slots: { accumulated_grad: accumulatedGrad, accumulated_delta_var: accumulatedDelta },
    };
  }

  protected settings(): KerasConfig {
    return { rho: this.#rho, epsilon: this.#epsilon };
  }

  #mixed(average: Node, value: Node): Node {
    return add(mul(average, this.#rho), mul(square(value), 1 - this.#rho));
  }

  #root(x: Node): Node {
    return sqrt(add(x, this.#epsilon));
  }
}

/**
 * Adadelta (Zeiler 2012, arXiv:1212.5701): steps as large as the changes of late. The learning rate is Keras's 0.001 unless given;
 * the paper has none, which is 1.
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  return new Adadelta(options);
}

export function adadeltaFromConfig(config: ConfigReader): Optimizer {
  return adadelta({
    ...optimizerOptions(config),
    rho: config.optionalNumber("rho"),
    epsilon: config.optionalNumber("epsilon"),
  });
}
