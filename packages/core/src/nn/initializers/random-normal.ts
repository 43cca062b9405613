import { sizeOf } from "../../graph/tensor-type.ts";
import { drawNormal } from "./distributions.ts";
import type { Initializer, SeedOption } from "./initializer.ts";

export interface NormalOptions extends SeedOption {
  /** 0 unless given. */
  readonly mean?: number;
  /** Standard deviation, 0.05 unless given. */
  readonly stddev?: number;
}

/** Values from a normal distribution. */
export function randomNormal({ mean = 0, stddev = 0.05, seed }: NormalOptions = {}): Initializer {
  return {
    className: "RandomNormal",
    config: { seed: seed ?? null, mean, stddev },
    seed,
    values: (shape, bits) => drawNormal(sizeOf(shape), bits, mean, stddev),
  };
}
