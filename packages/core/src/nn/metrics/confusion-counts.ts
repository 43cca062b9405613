/** How many labels are predicted rightly and wrongly; with weights, how much those samples weigh. */
import type { Node } from "../../graph/node.ts";
import { decide, falseNegativesOf, falsePositivesOf, trueNegativesOf, truePositivesOf } from "./decisions.ts";
import type { Decisions } from "./decisions.ts";
import type { Metric } from "./metric.ts";
import { perThreshold, thresholdList } from "./thresholds.ts";
import type { ThresholdOptions } from "./thresholds.ts";

/**
 * How many labels are yes and predicted so.
 *
 * @throws RangeError when a threshold is not from 0 to 1.
 */
export function truePositives({ name = "true_positives", thresholds }: ThresholdOptions = {}): Metric {
  return countMetric({ name, className: "TruePositives", better: "larger" }, thresholds, truePositivesOf);
}

/**
 * How many labels are no and predicted so.
 *
 * @throws RangeError when a threshold is not from 0 to 1.
 */
export function trueNegatives({ name = "true_negatives", thresholds }: ThresholdOptions = {}): Metric {
  return countMetric({ name, className: "TrueNegatives", better: "larger" }, thresholds, trueNegativesOf);
}

/**
 * How many labels are no and predicted to be yes.
 *
 * @throws RangeError when a threshold is not from 0 to 1.
 */
export function falsePositives({ name = "false_positives", thresholds }: ThresholdOptions = {}): Metric {
  return countMetric({ name, className: "FalsePositives", better: "smaller" }, thresholds, falsePositivesOf);
}

/**
 * How many labels are yes and predicted to be no.
 *
 * @throws RangeError when a threshold is not from 0 to 1.
 */
export function falseNegatives({ name = "false_negatives", thresholds }: ThresholdOptions = {}): Metric {
  return countMetric({ name, className: "FalseNegatives", better: "smaller" }, thresholds, falseNegativesOf);
}

function countMetric(
  description: Pick<Metric, "name" | "className" | "better">,
  given: ThresholdOptions["thresholds"],
  countOf: (decisions: Decisions) => Node,
): Metric {
  const { name } = description;
  const thresholds = thresholdList(name, given) ?? [0.5];
  return {
    ...description,
    config: { thresholds: given ?? null },
    contributions: (target, prediction) => ({ count: countOf(decide(name, target, prediction, { thresholds })) }),
    result: ({ count }) => perThreshold(thresholds.length, (index) => count?.[index] ?? 0),
  };
}
