/** The values of an ONNX graph while it becomes a model. */
import type { Shape } from "../../../graph/tensor-type.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import type { OnnxTensor } from "../onnx-graph.ts";

/** A value that does not depend on the input. */
export interface FixedValue {
  readonly kind: "fixed";
  readonly tensor: OnnxTensor;
}

/** A value that depends on the input: the batch in front in ONNX, and not counted here. */
export interface FlowValue {
  readonly kind: "flow";
  readonly tensor: SymbolicTensor;
  /**
   * Axis i of the tensor is axis `axes[i]` of the ONNX value, counted with the batch: [2, 3, 1] for images that ONNX has
   * channels first. So transposes cost nothing.
   */
  readonly axes: readonly number[];
}

/** A flow value with all its axes in one. How they are ordered may be chosen by who uses it. */
export interface FlattenedValue {
  readonly kind: "flattened";
  /** What is flattened, in ONNX's order of the axes. */
  readonly of: FlowValue;
}

export type Value = FixedValue | FlowValue | FlattenedValue;

/** A flow value whose tensor has ONNX's own order of axes. */
export function inOrder(tensor: SymbolicTensor): FlowValue {
  return { kind: "flow", tensor, axes: tensor.shape.map((_, axis) => axis + 1) };
}

/** The sizes of a sample as ONNX has them. */
export function onnxShape({ tensor, axes }: FlowValue): Shape {
  return axes.map((_, index) => tensor.shape[axes.indexOf(index + 1)] as number);
}

/** Whether both orders of axes put the same numbers in the same places: axes of size 1 may lie anywhere. */
export function sameOrder(value: FlowValue, axes: readonly number[]): boolean {
  const shape = onnxShape(value);
  const long = (order: readonly number[]): readonly number[] => order.filter((axis) => shape[axis - 1] !== 1);
  return long(value.axes).join() === long(axes).join();
}
