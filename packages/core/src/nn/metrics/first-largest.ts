import type { Node } from "../../graph/node.ts";
import { equal, neg, where } from "../../ops/elementwise.ts";
import { max } from "../../ops/reduce.ts";
import { classPositions } from "../losses/class-numbers.ts";

/** The position of the largest element along the last axis, the first where several are equal: argmax. */
export function firstLargest(x: Node, { keepDims = false } = {}): Node {
  const length = x.type.shape.at(-1) as number;
  const isLargest = equal(x, max(x, [-1], { keepDims: true }));
  return neg(max(where(isLargest, neg(classPositions(x)), -length), [-1], { keepDims }));
}
