/** Layers that merge tensors element by element. Shapes are aligned at their last axes, and axes of size 1 are repeated. */
import type { Node } from "../../graph/node.ts";
import * as ops from "../../ops/elementwise.ts";
import type { LayerOptions } from "./layer.ts";
import { ElementwiseMerge, mergeFunction } from "./merge.ts";
import type { MergeFunction } from "./merge.ts";

type Combine = (a: Node, b: Node) => Node;

const inTurn =
  (combine: Combine) =>
  (tensors: readonly Node[]): Node =>
    tensors.reduce(combine);

const merging = (
  className: string,
  merge: (tensors: readonly Node[]) => Node,
  numInputs: number | "any" = "any",
): MergeFunction<LayerOptions> =>
  mergeFunction((options) => new ElementwiseMerge(className, merge, options, numInputs));

/** The sum of any number of tensors: `add()([a, b, c])` or `add([a, b, c])`. */
export const add = merging("Add", inTurn(ops.add));

/** The first of two tensors less the second. */
export const subtract = merging("Subtract", inTurn(ops.sub), 2);

/** The product of any number of tensors. */
export const multiply = merging("Multiply", inTurn(ops.mul));

/** The mean of any number of tensors. */
export const average = merging("Average", (tensors) => ops.div(tensors.reduce(ops.add), tensors.length));

/** The largest of any number of tensors; where several are, the gradient is the first one's. */
export const maximum = merging("Maximum", inTurn(ops.maximum));

/** The smallest of any number of tensors; where several are, the gradient is the first one's. */
export const minimum = merging("Minimum", inTurn(ops.minimum));
