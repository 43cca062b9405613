/** Yes-or-no answers made of predictions by thresholds, and how often they are right: confusion matrices. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import { equal, greater, mul, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { slice } from "../../ops/slice.ts";
import { constantTensor } from "../constant-tensor.ts";
import { checkSameShape } from "../losses/loss.ts";
import { topKMask } from "./top-k.ts";

export interface DecisionOptions {
  /** What predictions must exceed; none are asked to where there are no thresholds. */
  readonly thresholds?: readonly number[] | undefined;
  /** Only the largest predictions along the last axis count as yes; all may unless given. */
  readonly topK?: number | undefined;
  /** The only class that is looked at, by its place along the last axis; all unless given. */
  readonly classId?: number | undefined;
}

/** Labels and predictions of a sample, n of them, for T thresholds. Numbers are 1 for yes and 0 for no. */
export interface Decisions {
  /** Whether the label is yes, that is not 0: [1, n]. */
  readonly isPositive: Node;
  /** Whether the prediction is yes: [T, n]. */
  readonly isPredicted: Node;
}

/** @throws GraphError when the shapes differ, or there is no such class. */
export function decide(
  what: string,
  target: Node,
  prediction: Node,
  { thresholds, topK, classId }: DecisionOptions,
): Decisions {
  checkSameShape(what, target, prediction);
  const flat = (x: Node): Node => {
    const chosen = classId === undefined ? x : classOf(what, x, classId);
    return reshape(chosen, [1, sizeOf(chosen.type.shape)]);
  };
  const isAbove = thresholds && greater(flat(prediction), thresholdTensor(thresholds));
  const isLargest = topK === undefined ? undefined : flat(topKMask(prediction, topK));
  const isPredicted = isAbove && isLargest ? mul(isAbove, isLargest) : (isAbove ?? isLargest);
  if (isPredicted === undefined) throw new GraphError(`${what} needs thresholds or topK to decide with`);
  return { isPositive: sub(1, equal(flat(target), 0)), isPredicted };
}

/** For each threshold, how many labels are yes and predicted so: [T]. */
export function truePositivesOf({ isPositive, isPredicted }: Decisions): Node {
  return sum(mul(isPositive, isPredicted), [1]);
}

/** For each threshold, how many labels are no and predicted to be yes: [T]. */
export function falsePositivesOf({ isPositive, isPredicted }: Decisions): Node {
  return sum(mul(sub(1, isPositive), isPredicted), [1]);
}

/** For each threshold, how many labels are yes and predicted to be no: [T]. */
export function falseNegativesOf({ isPositive, isPredicted }: Decisions): Node {
  return sum(mul(isPositive, sub(1, isPredicted)), [1]);
}

/** For each threshold, how many labels are no and predicted so: [T]. */
export function trueNegativesOf({ isPositive, isPredicted }: Decisions): Node {
  return sum(mul(sub(1, isPositive), sub(1, isPredicted)), [1]);
}

/** Thresholds as [T, 1]. */
export function thresholdTensor(thresholds: readonly number[]): Node {
  return constantTensor("thresholds", [thresholds.length, 1], Float32Array.from(thresholds));
}

/** One element along the last axis. */
function classOf(what: string, x: Node, classId: number): Node {
  const { shape } = x.type;
  const last = shape.at(-1) ?? 0;
  if (!(Number.isInteger(classId) && classId >= 0 && classId < last)) {
    throw new GraphError(
      `${what} looks at class ${classId}; targets of shape ${formatShape(shape)} have ${last} classes`,
    );
  }
  const others = shape.slice(0, -1);
  return slice(x, { begin: [...others.map(() => 0), classId], size: [...others, 1] });
}
