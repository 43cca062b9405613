/** A model in terms of ONNX, after it has been read and checked or before it is written. */
import type { OnnxAttribute } from "../../graph/op.ts";

/** More axes than any tensor has; NumPy allows as many. What is done for each pair of axes stays cheap. */
export const MAX_RANK = 64;

/** Fixed numbers: floats of any width as float32, whole numbers of any width as int64. Row-major. */
export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export type OnnxAttributeValue =
  | OnnxAttribute
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly tensor: OnnxTensor };

/** One use of an operator. */
export interface OnnxNode {
  /** May be empty, and need not be unique. */
  readonly name: string;
  readonly opType: string;
  /** Names of values; an empty one stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttributeValue>;
}

/** A value that enters or leaves the graph: float32, the batch in front. */
export interface OnnxValue {
  readonly name: string;
  /** The sizes, undefined where they are open, as the batch usually is; undefined where not even their number is known. */
  readonly dims: readonly (number | undefined)[] | undefined;
}

export interface OnnxGraph {
  readonly name: string;
  /** The version of the operators of the default domain. */
  readonly opset: number;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** In an order in which they can be computed. */
  readonly nodes: readonly OnnxNode[];
  /** Values that are fixed (ONNX's initializers), by name. */
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}
