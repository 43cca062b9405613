/** Fully connected halves of models, as functions from tensor to tensor. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../../nn/layers/index.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";

/** Dense layers one after the other: [...] → [units]. */
export function denseLayers(tensor: SymbolicTensor, units: readonly number[], activation: string): SymbolicTensor {
  const flat = tensor.shape.length === 1 ? tensor : flatten()(tensor);
  return units.reduce((inner, count) => dense(count, { activation })(inner), flat);
}

/** The last layer of a decoder: [features] → a sample of the shape. */
export function denseOutput(tensor: SymbolicTensor, shape: Shape, activation: string): SymbolicTensor {
  const values = dense(sizeOf(shape), { activation })(tensor);
  return shape.length === 1 ? values : reshape(shape)(values);
}
