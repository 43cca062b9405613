import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { AdamOptions } from "./adam.ts";
import { checkDecay, checkEpsilon, integerPower, oneMinusPower, Optimizer } from "./optimizer.ts";
import type { UpdateOperands, UpdateResult } from "./optimizer.ts";

export type NadamOptions = Omit<AdamOptions, "amsgrad">;

type Slot = "momentum" | "velocity";
type Scalar = "momentumRate" | "gradientRate" | "velocityCorrection";

/** How fast the momentum warms up (Dozat 2016, page 3). */
const WARM_UP = Math.fround(0.96);

class Nadam extends Optimizer<Slot, Scalar> {
  readonly slots = ["momentum", "velocity"] as const;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  /** The product of the momenta of the first `steps` steps. */
  #product = { steps: 0, value: 1 };

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, name }: NadamOptions) {
    super("Nadam", learningRate, name);
    this.#beta1 = checkDecay("Nadam", "beta1", beta1);
    this.#beta2 = checkDecay("Nadam", "beta2", beta2);
    this.#epsilon = checkEpsilon("Nadam", epsilon);
  }

  // μₜ = β₁(1 − 0.96ᵗ/2), Πₜ = μ₁·…·μₜ; the step is
  // α·(μₜ₊₁/(1 − Πₜ₊₁)·m + (1 − μₜ)/(1 − Πₜ)·g) / (√(v/(1 − β₂ᵗ)) + ε)
  scalars(iterations: number): Record<Scalar, number> {
    const t = iterations + 1;
    const product = this.#productUntil(t);
    const [now, next] = [this.#momentumAt(t), this.#momentumAt(t + 1)];
    return {
      momentumRate: (this.learningRate * next) / (1 - product * next),
      gradientRate: (this.learningRate * (1 - now)) / (1 - product),
      velocityCorrection: 1 / oneMinusPower(this.#beta2, t),
    };
  }

  // m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂)
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, Scalar>): UpdateResult<Slot> {
    const momentum = add(slots.momentum, mul(sub(gradient, slots.momentum), 1 - this.#beta1));
    const velocity = add(slots.velocity, mul(sub(square(gradient), slots.velocity), 1 - this.#beta2));
    const ahead = add(mul(momentum, scalars.momentumRate), mul(gradient, scalars.gradientRate));
    const divisor = add(sqrt(mul(velocity, scalars.velocityCorrection)), this.#epsilon);
    return { variable: sub(variable, div(ahead, divisor)), slots: { momentum, velocity } };
  }

  protected settings(): KerasConfig {
    return { beta_1: this.#beta1, beta_2: this.#beta2, epsilon: this.#epsilon };
  }

  #momentumAt(step: number): number {
    return Math.fround(this.#beta1) * (1 - 0.5 * integerPower(WARM_UP, step));
  }

  #productUntil(step: number): number {
    if (step < this.#product.steps) this.#product = { steps: 0, value: 1 };
    while (this.#product.steps < step) {
      const steps = this.#product.steps + 1;
      this.#product = { steps, value: this.#product.value * this.#momentumAt(steps) };
    }
    return this.#product.value;
  }
}

/** Adam with Nesterov's momentum (Dozat 2016). The learning rate is 0.001 unless given. */
export function nadam(options: NadamOptions = {}): Optimizer {
  return new Nadam(options);
}
