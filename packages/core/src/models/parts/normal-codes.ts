import { drawNormal } from "../../nn/initializers/distributions.ts";
import type { RandomBits } from "../../nn/random/random-bits.ts";

/** Codes of the standard normal distribution: the prior of models that generate. */
export function normalCodes(size: number): (count: number, random: RandomBits) => Float32Array {
  return (count, random) => drawNormal(count * size, random, 0, 1);
}
