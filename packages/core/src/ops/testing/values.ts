/** Values of tensors in tests. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";

/** A tensor's values, row-major: one array for each sample, or one array that all samples share. */
export type TensorValue = readonly Float64Array[] | Float64Array;

/** What the values of a run depend on beside its inputs. */
export interface RunOptions {
  /** Number of samples. */
  readonly batch: number;
  readonly step?: number;
  readonly seed?: number;
}

/** The values that one sample sees. */
export function sampleOf(value: TensorValue, sample: number): Float64Array {
  return value instanceof Float64Array ? value : value[sample]!;
}

/** Applies `next` to every element. */
export function fillTensor(type: TensorType, batch: number, next: () => number): TensorValue {
  const array = (): Float64Array => Float64Array.from({ length: sizeOf(type.shape) }, next);
  return type.scope === "shared" ? array() : Array.from({ length: batch }, array);
}

/** Pseudo-random numbers between two bounds, exact in float32: the generator mulberry32. */
export function uniformNumbers(seed: number, low: number, high: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.fround(low + ((high - low) * ((bits ^ (bits >>> 14)) >>> 0)) / 2 ** 32);
  };
}
