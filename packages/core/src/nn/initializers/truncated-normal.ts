import { sizeOf } from "../../graph/tensor-type.ts";
import { drawTruncatedNormal } from "./distributions.ts";
import type { Initializer } from "./initializer.ts";
import type { NormalOptions } from "./random-normal.ts";

/** Values from a normal distribution without what lies further than two standard deviations from the mean. */
export function truncatedNormal({ mean = 0, stddev = 0.05, seed }: NormalOptions = {}): Initializer {
  return {
    className: "TruncatedNormal",
    config: { seed: seed ?? null, mean, stddev },
    seed,
    values: (shape, bits) => drawTruncatedNormal(sizeOf(shape), bits, mean, stddev),
  };
}
