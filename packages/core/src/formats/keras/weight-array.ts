/** The arrays of a weights file. */
import { float16Values } from "../half-precision.ts";
import type { Hdf5Array } from "../hdf5/index.ts";
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
 * The values of an array of an HDF5 file. Floats of 16 bits come as float32.
 *
 * @throws KerasFileError when it holds small integers, which are no weights.
 */
export function weightDataOf(array: Hdf5Array): WeightData {
  const data = array.read();
  if (data instanceof Uint16Array && array.elementType === "float16") return float16Values(data);
  if (
    data instanceof Float32Array ||
    data instanceof Float64Array ||
    data instanceof Int32Array ||
    data instanceof Uint32Array ||
    data instanceof BigInt64Array ||
    data instanceof BigUint64Array
  ) {
    return data;
  }
  throw new KerasFileError(
    `the array "${array.path}" has the element type ${array.elementType}; floats and integers of 32 and 64 bits can be read`,
  );
}

/**
 * The values as float32, whatever type of float the file has. A single whole number, which counts something, will do.
 *
 * @throws KerasFileError when the array holds integers.
 */
export function float32Values({ path, shape, data }: WeightArray): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Float64Array || shape.length === 0) return Float32Array.from(data, Number);
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
