import type { Dataset } from "@sandglass/core";

/** The mean squared error of each sample against others, which count `scale` each. */
export function squaredErrors(
  { values, scale: ownScale, count }: Dataset,
  others: Float32Array | Uint8Array,
  scale = 1,
): Float64Array {
  const size = values.length / count;
  return Float64Array.from({ length: count }, (_, sample) => {
    let sum = 0;
    for (let index = sample * size; index < (sample + 1) * size; index++) {
      sum += ((values[index] ?? 0) * ownScale - (others[index] ?? 0) * scale) ** 2;
    }
    return sum / size;
  });
}

export function meanOf(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
