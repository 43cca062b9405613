/** The share of right answers. */
import type { Node } from "../../graph/node.ts";
import { equal, greater } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { classNumbers } from "../losses/class-numbers.ts";
import { checkSameShape } from "../losses/loss.ts";
import { firstLargest } from "./first-largest.ts";
import { meanMetric } from "./metric.ts";
import type { Metric, MetricOptions } from "./metric.ts";

/**
 * The share of right answers, counted as Keras counts for the shapes at hand:
 * - one output: as `binaryAccuracy`;
 * - several outputs and targets of the same shape: as `categoricalAccuracy`;
 * - several outputs and one target: as `sparseCategoricalAccuracy`.
 *
 * In files this is Keras's word "accuracy": its class `Accuracy` is another metric, which counts equal numbers.
 */
export function accuracy({ name = "accuracy" }: MetricOptions = {}): Metric {
  return meanMetric({ name, className: "Accuracy", config: {}, better: "larger" }, (target, prediction) => {
    const numClasses = prediction.type.shape.at(-1) ?? 1;
    if (numClasses === 1) return rightBits(name, target, prediction, 0.5);
    const { shape } = target.type;
    const isNumbered = shape.length < prediction.type.shape.length || shape.at(-1) === 1;
    return isNumbered ? rightNumbers(name, target, prediction) : rightClasses(name, target, prediction);
  });
}

export interface BinaryAccuracyOptions extends MetricOptions {
  /** What a prediction must exceed to count as 1; 1/2 unless given. */
  readonly threshold?: number;
}

/** How often the prediction is above the threshold where the target is 1, and not where it is 0. */
export function binaryAccuracy({ threshold = 0.5, name = "binary_accuracy" }: BinaryAccuracyOptions = {}): Metric {
  return meanMetric(
    { name, className: "BinaryAccuracy", config: { threshold }, better: "larger" },
    (target, prediction) => rightBits(name, target, prediction, threshold),
  );
}

/** How often the largest prediction along the last axis is that of the largest target, the first of equal ones counting. */
export function categoricalAccuracy({ name = "categorical_accuracy" }: MetricOptions = {}): Metric {
  return meanMetric({ name, className: "CategoricalAccuracy", config: {}, better: "larger" }, (target, prediction) =>
    rightClasses(name, target, prediction),
  );
}

/** How often the largest prediction is that of the class which the target numbers; predictions [..., classes], targets [...]. */
export function sparseCategoricalAccuracy({ name = "sparse_categorical_accuracy" }: MetricOptions = {}): Metric {
  const description = { name, className: "SparseCategoricalAccuracy", config: {}, better: "larger" } as const;
  return meanMetric(description, (target, prediction) => rightNumbers(name, target, prediction));
}

function rightBits(name: string, target: Node, prediction: Node, threshold: number): Node {
  checkSameShape(name, target, prediction);
  return mean(equal(target, greater(prediction, threshold)));
}

function rightClasses(name: string, target: Node, prediction: Node): Node {
  checkSameShape(name, target, prediction);
  return mean(equal(firstLargest(target), firstLargest(prediction)));
}

function rightNumbers(name: string, target: Node, prediction: Node): Node {
  const numbers = classNumbers(name, target, prediction);
  return mean(equal(numbers, firstLargest(prediction, { keepDims: true })));
}
