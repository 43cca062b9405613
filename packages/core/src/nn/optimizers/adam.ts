import { add, div, maximum, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkDecay, checkEpsilon, oneMinusPower, Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface AdamOptions extends OptimizerOptions {
  /** Decay of the mean of the gradients, 0.9 unless given. */
  readonly beta1?: number;
  /** Decay of the mean of their squares, 0.999 unless given. */
  readonly beta2?: number;
  /** Added to the divisor, 1e-7 unless given. */
  readonly epsilon?: number;
  /** Whether the divisor never shrinks (Reddi et al. 2018, arXiv:1904.09237); false unless given. */
  readonly amsgrad?: boolean;
}

type Slot = "momentum" | "velocity" | "velocity_hat";

class Adam extends Optimizer<Slot, "stepSize"> {
  readonly slots: readonly Slot[];
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #amsgrad: boolean;

  constructor(options: AdamOptions) {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, amsgrad = false, name } = options;
    super("Adam", learningRate, name);
    this.#beta1 = checkDecay("Adam", "beta1", beta1);
    this.#beta2 = checkDecay("Adam", "beta2", beta2);
    this.#epsilon = checkEpsilon("Adam", epsilon);
    this.#amsgrad = amsgrad;
    this.slots = amsgrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"];
  }

  // α·√(1 − β₂ᵗ) / (1 − β₁ᵗ): corrects both means for having started at zero
  scalars(iterations: number): { stepSize: number } {
    const t = iterations + 1;
    const correction = Math.sqrt(oneMinusPower(this.#beta2, t)) / oneMinusPower(this.#beta1, t);
    return { stepSize: this.learningRate * correction };
  }

  // m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − m·stepSize / (√v + ε)
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, "stepSize">): UpdateResult<Slot> {
    const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), 1 - this.#beta1));
    const velocity = add(slots.velocity, mul(sub(square(gradient), slots.velocity), 1 - this.#beta2));
    const next = { ...slots, momentum, velocity };
    if (this.#amsgrad) next.velocity_hat = maximum(slots.velocity_hat, velocity);
    const divisor = add(sqrt(this.#amsgrad ? next.velocity_hat : velocity), this.#epsilon);
    return { variable: sub(variable, div(mul(momentum, scalars.stepSize), divisor)), slots: next };
  }

  protected settings(): KerasConfig {
    return { beta_1: this.#beta1, beta_2: this.#beta2, epsilon: this.#epsilon, amsgrad: this.#amsgrad };
  }
}

/** Adam (Kingma and Ba 2014, arXiv:1412.6980, the form before section 2.1). The learning rate is 0.001 unless given. */
export function adam(options: AdamOptions = {}): Optimizer {
  return new Adam(options);
}
