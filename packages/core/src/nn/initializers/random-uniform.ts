import { sizeOf } from "../../graph/tensor-type.ts";
import { drawUniform } from "./distributions.ts";
import type { Initializer, SeedOption } from "./initializer.ts";

export interface RandomUniformOptions extends SeedOption {
  /** Lower end, −0.05 unless given. */
  readonly minval?: number;
  /** Upper end, 0.05 unless given. */
  readonly maxval?: number;
}

/** Values evenly spread between `minval` and `maxval`. */
export function randomUniform({ minval = -0.05, maxval = 0.05, seed }: RandomUniformOptions = {}): Initializer {
  return {
    className: "RandomUniform",
    config: { seed: seed ?? null, minval, maxval },
    seed,
    values: (shape, bits) => drawUniform(sizeOf(shape), bits, minval, maxval),
  };
}
