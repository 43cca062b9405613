/** How many of the labels that are predicted to be yes are, and how many that are yes are found. */
import type { Node } from "../../graph/node.ts";
import { decide, falseNegativesOf, falsePositivesOf, truePositivesOf } from "./decisions.ts";
import type { Decisions } from "./decisions.ts";
import type { Metric } from "./metric.ts";
import { ratio } from "./ratio.ts";
import { perThreshold, thresholdList } from "./thresholds.ts";
import type { ThresholdOptions } from "./thresholds.ts";
import { checkK } from "./top-k.ts";

export interface PrecisionRecallOptions extends ThresholdOptions {
  /** Only so many of the largest predictions along the last axis count as yes, and those without a threshold unless one is given. */
  readonly topK?: number | undefined;
  /** The only class that is looked at, by its place along the last axis; all unless given. */
  readonly classId?: number | undefined;
}

/**
 * TP / (TP + FP): the share of those predicted to be yes that are; 0 where none is.
 *
 * @throws RangeError when a threshold is not from 0 to 1, or topK no whole number from 1 on.
 */
export function precision({ name = "precision", ...options }: PrecisionRecallOptions = {}): Metric {
  return shareOfRight({ name, className: "Precision" }, options, falsePositivesOf);
}

/**
 * TP / (TP + FN): the share of those that are yes which is found; 0 where none is.
 *
 * @throws RangeError when a threshold is not from 0 to 1, or topK no whole number from 1 on.
 */
export function recall({ name = "recall", ...options }: PrecisionRecallOptions = {}): Metric {
  return shareOfRight({ name, className: "Recall" }, options, falseNegativesOf);
}

/** TP / (TP + mistakes) for each threshold. */
function shareOfRight(
  description: Pick<Metric, "name" | "className">,
  { thresholds: given, topK, classId }: Omit<PrecisionRecallOptions, "name">,
  mistakesOf: (decisions: Decisions) => Node,
): Metric {
  const { name } = description;
  if (topK !== undefined) checkK(name, topK);
  const thresholds = thresholdList(name, given) ?? (topK === undefined ? [0.5] : undefined);
  return {
    ...description,
    config: { thresholds: given ?? null, top_k: topK ?? null, class_id: classId ?? null },
    better: "larger",
    contributions(target, prediction) {
      const decisions = decide(name, target, prediction, { thresholds, topK, classId });
      return { truePositives: truePositivesOf(decisions), mistakes: mistakesOf(decisions) };
    },
    result: ({ truePositives, mistakes }) =>
      perThreshold(thresholds?.length ?? 1, (index) => {
        const right = truePositives?.[index] ?? 0;
        return ratio(right, right + (mistakes?.[index] ?? 0));
      }),
  };
}
