/** The arrays of a weights file. */
import { KerasFileError } from "./keras-file-error.ts";

/** The values of an array, by element type. Weights are float32; counters and seeds of optimizers are integers. */
export type WeightData = Float32Array | Float64Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

/** One array of a weights file. */
export interface WeightArray {
  /** Where it lies in the file, such as `layers/conv2d/vars/0`. */
  readonly path: string;
  /** In Keras's own layout: HWIO for convolution kernels, `[in, out]` for dense ones; `[]` for a single number. */
  readonly shape: readonly number[];
  /** In C order. */
  readonly data: WeightData;
}

/**
 * The values as float32, whatever float type the file has.
 *
 * @throws KerasFileError when the array holds integers.
 */
export function float32Values({ path, data }: WeightArray): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Float64Array) return Float32Array.from(data);
  throw new KerasFileError(`the array "${path}" holds integers (${data.constructor.name}); floats were expected`);
}

/** The number of values that a shape asks for. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** `[3, 3, 1, 16]` */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
