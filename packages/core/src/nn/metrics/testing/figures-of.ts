/** Computes metrics in float64, as training adds them up over batches. */
import type { Node } from "../../../graph/node.ts";
import { inputNode } from "../../../ops/leaf.ts";
import type { TensorValue } from "../../../ops/testing/values.ts";
import { evaluate } from "../../testing/evaluate.ts";
import { FigureSums, metricFigure } from "../../training/figures.ts";
import type { Metric } from "../metric.ts";

/** Samples, and what each of them counts. */
export interface Batch {
  readonly target: readonly Float64Array[];
  readonly prediction: readonly Float64Array[];
  readonly weights?: readonly Float64Array[] | undefined;
}

/** The figures of a metric after batches of samples of these shapes. */
export function figuresOf(
  metric: Metric,
  [targetShape, shape]: readonly [target: readonly number[], prediction: readonly number[]],
  batches: readonly Batch[],
): number[] {
  const [target, prediction, weight] = [
    inputNode("target", targetShape),
    inputNode("prediction", shape),
    inputNode("weight", []),
  ];
  const isWeighted = batches.some(({ weights }) => weights !== undefined);
  const figure = metricFigure(metric, metric.name, { target, prediction, weight, isWeighted });
  const sums = new FigureSums([figure]);
  for (const { target: targets, prediction: predictions, weights } of batches) {
    const count = predictions.length;
    const feeds = new Map<Node, TensorValue>([
      [target, [...targets]],
      [prediction, [...predictions]],
      [weight, weights === undefined ? targets.map(() => Float64Array.of(1)) : [...weights]],
    ]);
    const values = evaluate(Object.values(figure.parts), feeds, count);
    sums.add([Object.fromEntries(Object.keys(figure.parts).map((part, index) => [part, values[index]!]))], count);
  }
  return Object.values(sums.values);
}
