/** Loop nests over shapes. */
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Index } from "../kernel/index-expr.ts";
import type { Shape } from "../graph/tensor-type.ts";

/** Runs `body` for every position of `shape`, in row-major order. */
export function forEachPosition(k: KernelBuilder, shape: Shape, body: (coordinates: readonly Index[]) => void): void {
  const visit = (axis: number, coordinates: readonly Index[]): void => {
    const size = shape[axis];
    if (size === undefined) body(coordinates);
    else k.for(0, size, (index) => visit(axis + 1, [...coordinates, index]));
  };
  visit(0, []);
}
