import { dataset } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";

/**
 * Samples without structure: each value comes from another sample, drawn at random, from the same place. Every place keeps its own
 * distribution, and what ties places together is gone (Breiman 2001, the synthetic second class of unsupervised random forests).
 */
export function scrambled({ values: given, scale, count, shape }: Dataset, seed: number): Dataset {
  const bits = new RandomBits(seed);
  const size = given.length / count;
  const values = Float32Array.from(given, (_, index) => {
    const donor = Math.floor(bits.fraction(index) * count);
    return (given[donor * size + (index % size)] as number) * scale;
  });
  return dataset("scrambled", shape, values);
}
