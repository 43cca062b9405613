import type { Dataset } from "../data/dataset.ts";

/** The mean squared error of each sample's reconstruction. */
export function squaredErrors({ values, scale, count }: Dataset, reconstructions: Float32Array): Float32Array {
  const size = values.length / count;
  return Float32Array.from({ length: count }, (_, sample) => {
    let sum = 0;
    for (let at = sample * size; at < (sample + 1) * size; at++) {
      sum += ((values[at] as number) * scale - (reconstructions[at] as number)) ** 2;
    }
    return sum / size;
  });
}
