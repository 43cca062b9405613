import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import { integerPower } from "../integer-power.ts";
import type { KerasConfig } from "../keras-object.ts";
import { oneMinusPower } from "./decay-power.ts";
import { momentOptions, momentsConfig, movingMean, resolveMoments } from "./moments.ts";
import type { MomentOptions, Moments } from "./moments.ts";
import { Optimizer } from "./optimizer.ts";
import type { UpdateOperands, UpdateResult } from "./optimizer.ts";

type Slot = "momentum" | "velocity";
type Scalar = "momentumRate" | "gradientRate" | "velocityCorrection";

/** How fast the momentum warms up (Dozat 2016, page 3). */
const WARM_UP = Math.fround(0.96);

class Nadam extends Optimizer<Slot, Scalar> {
  protected readonly ruleSlots = [["momentum", "velocity"]] as const;
  readonly #moments: Moments;
  /** The product of the momenta of the first `steps` steps. */
  #product = { steps: 0, value: 1 };

  constructor(options: MomentOptions) {
    super("Nadam", 0.001, options);
    this.#moments = resolveMoments("Nadam", options);
  }

  // μₜ = β₁(1 − 0.96ᵗ/2), Πₜ = μ₁·…·μₜ; the step is
  // α·(μₜ₊₁/(1 − Πₜ₊₁)·m + (1 − μₜ)/(1 − Πₜ)·g) / (√(v/(1 − β₂ᵗ)) + ε)
  protected stepNumbers(t: number, learningRate: number): Record<Scalar, number> {
    const product = this.#productUntil(t);
    const [now, next] = [this.#momentumAt(t), this.#momentumAt(t + 1)];
    return {
      momentumRate: (learningRate * next) / (1 - product * next),
      gradientRate: (learningRate * (1 - now)) / (1 - product),
      velocityCorrection: 1 / oneMinusPower(this.#moments.beta2, t),
    };
  }

  // m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂)
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, Scalar>): UpdateResult<Slot> {
    const { beta1, beta2, epsilon } = this.#moments;
    // Where Adam takes 1 − β as it is, Keras's Nadam takes it in float32, which is 1.3e-5 less for 0.999.
    const momentum = movingMean(slots.momentum, gradient, Math.fround(beta1));
    const velocity = movingMean(slots.velocity, square(gradient), Math.fround(beta2));
    const ahead = add(mul(momentum, scalars.momentumRate), mul(gradient, scalars.gradientRate));
    const divisor = add(sqrt(mul(velocity, scalars.velocityCorrection)), epsilon);
    return { variable: sub(variable, div(ahead, divisor)), slots: { momentum, velocity } };
  }

  /** The product of the momenta so far, which Keras keeps as a variable. */
  override derivedNumbers(iterations: number): readonly number[] {
    return [this.#productUntil(this.updatesAfter(iterations))];
  }

  protected settings(): KerasConfig {
    return momentsConfig(this.#moments);
  }

  #momentumAt(step: number): number {
    return Math.fround(this.#moments.beta1) * (1 - 0.5 * integerPower(WARM_UP, step));
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
export function nadam(options: MomentOptions = {}): Optimizer {
  return new Nadam(options);
}

export function nadamFromConfig(config: ConfigReader): Optimizer {
  return nadam(momentOptions(config));
}
