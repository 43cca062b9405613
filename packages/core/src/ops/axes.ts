/** The axes that a reduction works along. */
import { GraphError } from "../graph/error.ts";
import type { OnnxContext } from "../graph/op.ts";
import { formatShape } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";

export interface ReductionAttributes {
  /** In increasing order. */
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

export interface ReductionOptions {
  /** Keep the reduced axes, with size 1. Default: false. */
  readonly keepDims?: boolean;
}

/** The axes in increasing order; all where none are named. Negative axes count from the end. */
export function resolveAxes(opName: string, shape: Shape, axes: readonly number[] | undefined): number[] {
  const all = shape.map((_, axis) => axis);
  if (axes === undefined) return all;
  const resolved = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (!resolved.every((axis) => all.includes(axis)) || new Set(resolved).size !== resolved.length) {
    throw new GraphError(
      `${opName}: the axes [${axes.join(", ")}] do not name different axes of ${formatShape(shape)}. ` +
        `Axes of one sample count from 0 to ${shape.length - 1}, or from -1 backwards; the batch is not among them.`,
    );
  }
  return resolved.toSorted((a, b) => a - b);
}

export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): Shape {
  if (keepDims) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** Coordinates along the kept axes as coordinates in the result, where reduced axes may remain with size 1. */
export function resultCoordinates<T>(kept: readonly T[], { axes, keepDims }: ReductionAttributes): (T | 0)[] {
  const coordinates: (T | 0)[] = [...kept];
  if (keepDims) for (const axis of axes) coordinates.splice(axis, 0, 0);
  return coordinates;
}

/** The axes as an ONNX tensor, the batch being axis 0 of per-sample operands. */
export function onnxAxes(context: OnnxContext<ReductionAttributes>): string {
  const first = context.types[0]!.scope === "sample" ? 1 : 0;
  return onnxIntegers(
    context,
    context.attributes.axes.map((axis) => axis + first),
  );
}

/** A list of integers as an ONNX tensor. */
export function onnxIntegers({ constant }: OnnxContext<unknown>, list: readonly number[]): string {
  return constant(BigInt64Array.from(list, BigInt), [list.length]);
}
