import { add, div, maximum, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { oneMinusPower } from "./decay-power.ts";
import { momentOptions, momentsConfig, movingMean, resolveMoments } from "./moments.ts";
import type { MomentOptions, Moments } from "./moments.ts";
import { Optimizer } from "./optimizer.ts";
import type { UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface AdamOptions extends MomentOptions {
  /** Whether the divisor never shrinks (Reddi et al. 2018, arXiv:1904.09237); false unless given. */
  readonly amsgrad?: boolean | undefined;
}

type Slot = "momentum" | "velocity" | "velocity_hat";

/** Adam and AdamW, which differ in their names and in the weight decay unless given. */
export class Adam extends Optimizer<Slot, "stepSize"> {
  protected readonly ruleSlots: readonly (readonly Slot[])[];
  readonly #moments: Moments;
  readonly #amsgrad: boolean;

  constructor(className: string, options: AdamOptions) {
    super(className, 0.001, options);
    const { amsgrad = false } = options;
    this.#moments = resolveMoments(className, options);
    this.#amsgrad = amsgrad;
    this.ruleSlots = [["momentum", "velocity"], ...(amsgrad ? [["velocity_hat" as const]] : [])];
  }

  // α·√(1 − β₂ᵗ) / (1 − β₁ᵗ): corrects both means for having started at zero
  protected stepNumbers(t: number, learningRate: number): { stepSize: number } {
    const { beta1, beta2 } = this.#moments;
    const correction = Math.sqrt(oneMinusPower(beta2, t)) / oneMinusPower(beta1, t);
    return { stepSize: learningRate * correction };
  }

  // m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − m·stepSize / (√v + ε)
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, "stepSize">): UpdateResult<Slot> {
    const { beta1, beta2, epsilon } = this.#moments;
    const momentum = movingMean(slots.momentum, gradient, beta1);
    const velocity = movingMean(slots.velocity, square(gradient), beta2);
    const next = { ...slots, momentum, velocity };
    if (this.#amsgrad) next.velocity_hat = maximum(slots.velocity_hat, velocity);
    const divisor = add(sqrt(this.#amsgrad ? next.velocity_hat : velocity), epsilon);
    return { variable: sub(variable, div(mul(momentum, scalars.stepSize), divisor)), slots: next };
  }

  protected settings(): KerasConfig {
    return { ...momentsConfig(this.#moments), amsgrad: this.#amsgrad };
  }
}

/** Adam (Kingma and Ba 2014, arXiv:1412.6980, the form before section 2.1). The learning rate is 0.001 unless given. */
export function adam(options: AdamOptions = {}): Optimizer {
  return new Adam("Adam", options);
}

export function adamFromConfig(config: ConfigReader): Optimizer {
  return adam(adamOptions(config));
}

/** The options of a Keras configuration. */
export function adamOptions(config: ConfigReader): AdamOptions {
  return { ...momentOptions(config), amsgrad: config.boolean("amsgrad", false) };
}
