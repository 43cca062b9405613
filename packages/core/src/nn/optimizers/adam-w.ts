import type { ConfigReader } from "../config-reader.ts";
import { Adam, adamOptions } from "./adam.ts";
import type { AdamOptions } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101). The learning rate is 0.001 and the weight
 * decay 0.004 unless given.
 */
export function adamW({ weightDecay = 0.004, ...options }: AdamOptions = {}): Optimizer {
  return new Adam("AdamW", { ...options, weightDecay });
}

export function adamWFromConfig(config: ConfigReader): Optimizer {
  return adamW(adamOptions(config));
}
