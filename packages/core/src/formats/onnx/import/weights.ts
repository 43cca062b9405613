/** Constants in the order in which layers have their weights. */
import { sizeOf } from "../../../graph/tensor-type.ts";
import { transposeTensor } from "../simplify/transpose-tensor.ts";

interface Floats {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** The numbers with their axes in another order: axis i of the result is axis `perm[i]`. */
export function transposed({ dims, data }: Floats, perm: readonly number[]): Float32Array {
  return transposeTensor({ dims, data }, perm).data as Float32Array;
}

/**
 * The rows of a dense kernel [rows, columns] in the order of an image that was flattened otherwise: `shape` are the sizes of
 * the sample in ONNX's order of axes, `axes` the order in which the tensor has them, counted from 1.
 */
export function rowsReordered(kernel: Floats, shape: readonly number[], axes: readonly number[]): Float32Array {
  const columns = kernel.data.length / sizeOf(shape);
  const perm = [...axes.map((axis) => axis - 1), shape.length];
  return transposed({ dims: [...shape, columns], data: kernel.data }, perm);
}
