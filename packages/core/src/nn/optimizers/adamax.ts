import { abs, add, div, maximum, mul, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { oneMinusPower } from "./decay-power.ts";
import { momentOptions, momentsConfig, movingMean, resolveMoments } from "./moments.ts";
import type { MomentOptions, Moments } from "./moments.ts";
import { Optimizer } from "./optimizer.ts";
import type { UpdateOperands, UpdateResult } from "./optimizer.ts";

type Slot = "momentum" | "norm";

class Adamax extends Optimizer<Slot, "stepSize"> {
  protected readonly ruleSlots = [["momentum", "norm"]] as const;
  readonly #moments: Moments;

  constructor(options: MomentOptions) {
    super("Adamax", 0.001, options);
    this.#moments = resolveMoments("Adamax", options);
  }

  // α / (1 − β₁ᵗ): corrects the mean for having started at zero
  protected stepNumbers(t: number, learningRate: number): { stepSize: number } {
    return { stepSize: learningRate / oneMinusPower(this.#moments.beta1, t) };
  }

  // m ← m + (g − m)(1 − β₁); u ← max(β₂u, |g|); w ← w − m·stepSize / (u + ε)
  update({ variable, gradient, slots, scalars }: UpdateOperands<Slot, "stepSize">): UpdateResult<Slot> {
    const { beta1, beta2, epsilon } = this.#moments;
    const momentum = movingMean(slots.momentum, gradient, beta1);
    const norm = maximum(mul(slots.norm, beta2), abs(gradient));
    const change = div(mul(momentum, scalars.stepSize), add(norm, epsilon));
    return { variable: sub(variable, change), slots: { momentum, norm } };
  }

  protected settings(): KerasConfig {
    return momentsConfig(this.#moments);
  }
}

/**
 * Adam with the largest gradient of late in place of their mean square (Kingma and Ba 2014, arXiv:1412.6980, section 7.1). The
 * learning rate is 0.001 unless given.
 */
export function adamax(options: MomentOptions = {}): Optimizer {
  return new Adamax(options);
}

export function adamaxFromConfig(config: ConfigReader): Optimizer {
  return adamax(momentOptions(config));
}
