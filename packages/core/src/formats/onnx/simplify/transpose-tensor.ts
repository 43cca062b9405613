/** Transposition of fixed numbers. */
import type { OnnxTensor } from "../onnx-graph.ts";

/** The tensor whose axis i is axis `perm[i]` of the given one. */
export function transposeTensor({ dims, data }: OnnxTensor, perm: readonly number[]): OnnxTensor {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = perm.map((axis) => dims[axis] as number);
  const steps = perm.map((axis) => strides[axis] as number);
  const result = data.slice();
  const position = sizes.map(() => 0);
  let source = 0;
  for (let target = 0; target < data.length; target++) {
    result[target] = data[source] as number & bigint;
    // Counts on, the last axis first.
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      position[axis]! += 1;
      source += steps[axis]!;
      if (position[axis]! < sizes[axis]!) break;
      source -= steps[axis]! * sizes[axis]!;
      position[axis] = 0;
    }
  }
  return { dims: sizes, data: result };
}

/** The order of axes that undoes another one. */
export function inversePermutation(perm: readonly number[]): number[] {
  return perm.map((_, axis) => perm.indexOf(axis));
}

export function isIdentity(perm: readonly number[]): boolean {
  return perm.every((axis, index) => axis === index);
}
