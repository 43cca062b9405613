import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import { clip, equal, greater, mul, sigmoid, sub } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import { checkSameShape } from "../losses/loss.ts";
import { precisionRecallArea, rocArea } from "./area-under-curve.ts";
import type { SummationMethod } from "./area-under-curve.ts";
import { thresholdTensor } from "./decisions.ts";
import type { Metric, MetricOptions } from "./metric.ts";
import { thresholdList } from "./thresholds.ts";

export interface AucOptions extends MetricOptions {
  /** How many thresholds, evenly spread from 0 to 1, draw the curve; 200 unless given. */
  readonly numThresholds?: number;
  /** `ROC`: found over wrongly found; `PR`: precision over recall. `ROC` unless given. */
  readonly curve?: "ROC" | "PR";
  /** How heights between thresholds are taken; `interpolation` unless given. */
  readonly summationMethod?: SummationMethod;
  /** Thresholds of one's own, between 0 and 1, beside those at both ends. */
  readonly thresholds?: readonly number[] | undefined;
  /** Whether each output is a question of its own, whose areas are averaged, instead of all outputs being answers to one. */
  readonly multiLabel?: boolean;
  /** Whether the predictions are logits instead of probabilities; false unless given. */
  readonly fromLogits?: boolean;
}

const EPSILON = 1e-7;

/**
 * The area under the curve that thresholds draw through right and wrong yeses (Keras's approximation with many thresholds, not the
 * exact area of sorted predictions). Targets are 0 or 1, predictions from 0 to 1 and of the same shape.
 *
 * Each sample costs a comparison for each prediction and threshold: 200 thresholds are cheap for a few outputs and slow for images.
 *
 * @throws RangeError when a threshold is not from 0 to 1, or there are fewer than two.
 */
export function auc({
  numThresholds = 200,
  curve = "ROC",
  summationMethod = "interpolation",
  thresholds: given,
  multiLabel = false,
  fromLogits = false,
  name = "auc",
}: AucOptions = {}): Metric {
  if (!(Number.isInteger(numThresholds) && numThresholds > 1)) {
    throw new RangeError(`the numThresholds of ${name} must be a whole number from 2 on; ${numThresholds} came`);
  }
  const own = thresholdList(name, given)?.toSorted((a, b) => a - b);
  const count = own === undefined ? numThresholds : own.length + 2;
  const areaOf = { ROC: rocArea, PR: precisionRecallArea }[curve];
  return {
    name,
    className: "AUC",
    config: {
      num_thresholds: count,
      curve,
      summation_method: summationMethod,
      multi_label: multiLabel,
      num_labels: null,
      label_weights: null,
      from_logits: fromLogits,
      ...(own && { thresholds: own }),
    },
    better: "larger",
    contributions(target, prediction) {
      const probability = fromLogits ? sigmoid(prediction) : prediction;
      const { isPositive, isPredicted } = decisionsOf(name, target, probability, own, count);
      const isNegative = sub(1, isPositive);
      const parts = {
        truePositives: mul(isPositive, isPredicted),
        falsePositives: mul(isNegative, isPredicted),
        positives: isPositive,
        negatives: isNegative,
      };
      if (multiLabel) {
        checkLabels(name, prediction);
        return parts;
      }
      return Object.fromEntries(
        Object.entries(parts).map(([part, node]) => [part, sum(node, [1], { keepDims: true })]),
      );
    },
    result({ truePositives = [], falsePositives = [], positives = [], negatives = [] }) {
      const areas = Array.from(positives, (_, label) => {
        const ofLabel = (part: ArrayLike<number>): number[] =>
          Array.from(part).filter((_number, index) => index % positives.length === label);
        const curveOfLabel = {
          truePositives: ofLabel(truePositives),
          falsePositives: ofLabel(falsePositives),
          positives: positives[label] ?? 0,
          negatives: negatives[label] ?? 0,
        };
        return areaOf(curveOfLabel, summationMethod);
      });
      return areas.reduce((total, each) => total + each, 0) / areas.length;
    },
  };
}

/**
 * Labels [1, n] and, for each threshold, whether the prediction is above it [T, n]. The first threshold is below all predictions
 * and the last above. Even ones are i / (T − 1), and compared as Keras does: p·(T − 1) > i.
 */
function decisionsOf(
  name: string,
  target: Node,
  probability: Node,
  own: readonly number[] | undefined,
  count: number,
): { isPositive: Node; isPredicted: Node } {
  checkSameShape(name, target, probability);
  const flat = (x: Node): Node => reshape(x, [1, sizeOf(x.type.shape)]);
  const isPositive = sub(1, equal(flat(target), 0));
  if (own !== undefined) {
    const thresholds = thresholdTensor([-EPSILON, ...own, 1 + EPSILON]);
    return { isPositive, isPredicted: greater(flat(probability), thresholds) };
  }
  const steps = thresholdTensor(Array.from({ length: count }, (_, index) => (index === 0 ? -1 : index)));
  return { isPositive, isPredicted: greater(mul(flat(clip(probability, 0, 1)), count - 1), steps) };
}

function checkLabels(name: string, { type: { shape } }: Node): void {
  if (shape.length === 1) return;
  throw new GraphError(
    `${name} with multiLabel takes a vector of labels; predictions of shape ${formatShape(shape)} came`,
  );
}
