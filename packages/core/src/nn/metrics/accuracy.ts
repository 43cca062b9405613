/** The share of right answers, counted as Keras counts for the shapes at hand (`is_binary_or_sparse_categorical`). */
import type { Node } from "../../graph/node.ts";
import { equal, greater, neg, where } from "../../ops/elementwise.ts";
import { max, mean } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { constantTensor } from "../constant-tensor.ts";
import { checkSameShape } from "../losses/loss.ts";
import { meanMetric } from "./metric.ts";
import type { Metric } from "./metric.ts";

/**
 * The share of right answers:
 * - one output: the prediction is above 1/2 where the target is 1, and not where it is 0;
 * - several outputs and targets of the same shape: the largest of both is the same class;
 * - several outputs and one target: the largest output is the class that the target numbers.
 */
export function accuracy(name = "accuracy"): Metric {
  return meanMetric({ name, className: "Accuracy", config: {}, better: "larger" }, (target, prediction) => {
    const numClasses = prediction.type.shape.at(-1) ?? 1;
    if (numClasses === 1) {
      checkSameShape(name, target, prediction);
      return mean(equal(target, greater(prediction, 0.5)));
    }
    const classes = prediction.type.shape.slice(0, -1);
    if (isClassNumber(target, prediction)) return mean(equal(reshape(target, classes), firstLargest(prediction)));
    checkSameShape(name, target, prediction);
    return mean(equal(firstLargest(target), firstLargest(prediction)));
  });
}

function isClassNumber(target: Node, prediction: Node): boolean {
  const { shape } = target.type;
  return shape.length < prediction.type.shape.length || shape.at(-1) === 1;
}

/** The position of the largest element along the last axis, the first where several are equal. */
function firstLargest(x: Node): Node {
  const length = x.type.shape.at(-1) as number;
  const positions = constantTensor(
    "positions",
    [length],
    Float32Array.from({ length }, (_, index) => index),
  );
  const isLargest = equal(x, max(x, [-1], { keepDims: true }));
  return neg(max(where(isLargest, neg(positions), -length), [-1]));
}
