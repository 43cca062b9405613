/** What is among the k largest predictions. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { add, equal, greater, mul, where } from "../../ops/elementwise.ts";
import { mean, sum } from "../../ops/reduce.ts";
import { classNumbers, classPositions, isClass, isClassNumber } from "../losses/class-numbers.ts";
import { checkSameShape } from "../losses/loss.ts";
import { firstLargest } from "./first-largest.ts";
import { meanMetric } from "./metric.ts";
import type { Metric, MetricOptions } from "./metric.ts";

export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions count; 5 unless given. */
  readonly k?: number;
}

/**
 * How often fewer than k predictions along the last axis are larger than that for the class of the largest target. Of predictions
 * that are equal at the border, all are among the k largest, as in TensorFlow's `in_top_k`.
 *
 * @throws RangeError unless k is a whole number from 1 on.
 */
export function topKCategoricalAccuracy({ k = 5, name = "top_k_categorical_accuracy" }: TopKOptions = {}): Metric {
  checkK(name, k);
  const description = { name, className: "TopKCategoricalAccuracy", config: { k }, better: "larger" } as const;
  return meanMetric(description, (target, prediction) => {
    checkSameShape(name, target, prediction);
    return mean(isAmongLargest(firstLargest(target, { keepDims: true }), prediction, k));
  });
}

/**
 * The same for targets that number the class: predictions [..., classes], targets [...].
 *
 * @throws RangeError unless k is a whole number from 1 on.
 */
export function sparseTopKCategoricalAccuracy({
  k = 5,
  name = "sparse_top_k_categorical_accuracy",
}: TopKOptions = {}): Metric {
  checkK(name, k);
  const description = { name, className: "SparseTopKCategoricalAccuracy", config: { k }, better: "larger" } as const;
  return meanMetric(description, (target, prediction) =>
    mean(isAmongLargest(classNumbers(name, target, prediction), prediction, k)),
  );
}

/**
 * 1 for the k largest elements along the last axis and 0 for the others; of equal ones at the border, the first ones.
 *
 * @throws GraphError when there are fewer than k.
 */
export function topKMask(x: Node, k: number): Node {
  const length = x.type.shape.at(-1) ?? 0;
  if (k > length) throw new GraphError(`the ${k} largest of ${length} classes are asked for; give a smaller topK`);
  let rest = x;
  let mask: Node | undefined;
  for (let taken = 0; taken < k; taken++) {
    const isNext = equal(classPositions(x), firstLargest(rest, { keepDims: true }));
    mask = mask === undefined ? isNext : add(mask, isNext);
    rest = where(isNext, -Infinity, rest);
  }
  return mask as Node;
}

/** @throws RangeError unless k is a whole number from 1 on. */
export function checkK(metricName: string, k: number): void {
  if (Number.isInteger(k) && k > 0) return;
  throw new RangeError(`${metricName} takes a whole number of classes from 1 on; ${k} came`);
}

/** Whether fewer than k predictions exceed that of the numbered class, [..., 1]. */
function isAmongLargest(numbers: Node, prediction: Node, k: number): Node {
  const ofClass = sum(where(isClass(numbers, prediction), prediction, 0), [-1], { keepDims: true });
  const numLarger = sum(greater(prediction, ofClass), [-1], { keepDims: true });
  return mul(greater(k, numLarger), isClassNumber(numbers, prediction));
}
