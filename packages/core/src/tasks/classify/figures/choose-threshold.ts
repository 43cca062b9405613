/** The threshold from which on a score counts as positive, by a rule that is stated before. */
import type { ClassNumbers } from "./check-samples.ts";
import { rankedCounts } from "./ranked-counts.ts";
import type { RankedCounts } from "./ranked-counts.ts";
import { requireBoth } from "./roc-curve.ts";

/**
 * - `f1`: the largest F1.
 * - `youden`: the largest sensitivity + specificity − 1 (W. J. Youden: Index for rating diagnostic tests, 1950).
 * - `sensitivity`: of the thresholds that find at least this share of the positives, the highest, which has the best specificity.
 * - `specificity`: of those that leave at least this share of the negatives alone, the lowest, which has the best sensitivity.
 */
export type ThresholdRule =
  | { readonly kind: "f1" }
  | { readonly kind: "youden" }
  | { readonly kind: "sensitivity"; readonly atLeast: number }
  | { readonly kind: "specificity"; readonly atLeast: number };

/** A threshold, and what it is worth on the samples that it was chosen on. */
export interface ChosenThreshold {
  readonly rule: ThresholdRule;
  /** A score of this or more counts as positive. It lies midway between the lowest score that does and the next one. */
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly precision: number;
  readonly f1: number;
  /** How many ways of deciding are as good by the rule; of several, the one is taken that finds the most positives. */
  readonly ties: number;
}

/**
 * Chooses a threshold. Choose on validation data: what it is worth there flatters it, and test data say what it is worth.
 *
 * @param labels 1 for positives, 0 for negatives.
 * @param scores the higher, the more likely positive.
 * @throws RangeError when a class has no sample, a required share is not above 0 and at most 1, or no threshold reaches it other than
 * one that never says positive.
 * @example
 * chooseThreshold(labels, scores, { kind: "sensitivity", atLeast: 0.95 }).threshold;
 */
export function chooseThreshold(labels: ClassNumbers, scores: ArrayLike<number>, rule: ThresholdRule): ChosenThreshold {
  const counts = rankedCounts(labels, scores);
  requireBoth("the choice of a threshold", counts);
  const cuts = [...counts.thresholds.keys()].map((index) => cutAt(counts, index));
  const allowed = cuts.filter((cut) => isAllowed(rule, cut));
  if (allowed.length === 0) throw impossible(rule, cuts);
  const gain = GAINS[rule.kind];
  const most = allowed.reduce((largest, cut) => Math.max(largest, gain(cut)), Number.NEGATIVE_INFINITY);
  // Equal figures may differ in their last bits.
  const best = allowed.filter((cut) => gain(cut) >= most - 1e-12);
  // Cuts come from the highest threshold down, so the last of them finds the most positives.
  const { index: _, ...chosen } = best.at(-1) as Cut;
  return { rule, ...chosen, ties: best.length };
}

interface Cut extends Omit<ChosenThreshold, "rule" | "ties"> {
  readonly index: number;
}

/** Deciding for positive from the score with this number on. */
function cutAt({ thresholds, truePositives, falsePositives, positives, negatives }: RankedCounts, index: number): Cut {
  const [hits, alarms] = [truePositives[index] as number, falsePositives[index] as number];
  const score = thresholds[index] as number;
  const next = thresholds[index + 1];
  // The middle of two neighbours among the numbers is one of them, and that of infinite ones is none.
  const middle = next === undefined ? score : (score + next) / 2;
  return {
    index,
    threshold: next !== undefined && middle > next ? middle : score,
    sensitivity: hits / positives,
    specificity: 1 - alarms / negatives,
    precision: hits / (hits + alarms),
    f1: (2 * hits) / (hits + alarms + positives),
  };
}

const GAINS: Readonly<Record<ThresholdRule["kind"], (cut: Cut) => number>> = {
  f1: ({ f1 }) => f1,
  youden: ({ sensitivity, specificity }) => sensitivity + specificity - 1,
  sensitivity: ({ specificity }) => specificity,
  specificity: ({ sensitivity }) => sensitivity,
};

/** Whether a decision has what the rule requires. */
function isAllowed(rule: ThresholdRule, cut: Cut): boolean {
  if (!("atLeast" in rule)) return true;
  const { kind, atLeast } = rule;
  if (!(atLeast > 0 && atLeast <= 1)) {
    throw new RangeError(`a ${kind} of at least ${atLeast} is required; expected a share above 0 and at most 1`);
  }
  return cut[kind] >= atLeast;
}

/** Saying positive of every sample has all the sensitivity there is, so that only a specificity can be out of reach. */
function impossible(rule: ThresholdRule, cuts: readonly Cut[]): RangeError {
  const most = cuts.reduce((largest, { specificity }) => Math.max(largest, specificity), 0);
  const required = "atLeast" in rule ? rule.atLeast : 1;
  return new RangeError(
    `no threshold has a specificity of ${required} and calls any sample positive: the highest scores are those of negatives, and ` +
      `the most that can be reached is ${most.toPrecision(3)}. Require less, or choose by another rule`,
  );
}
