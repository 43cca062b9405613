/** Areas under curves that thresholds draw, as Keras approximates them. */
import { ratio } from "./ratio.ts";

/** Numbers for each threshold, in increasing order of the thresholds. */
export interface ConfusionCurve {
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  /** How many labels are yes, and how many are no, whatever the threshold. */
  readonly positives: number;
  readonly negatives: number;
}

/** How the height between two thresholds is taken from those at them: their mean, the smaller or the larger one. */
export type SummationMethod = "interpolation" | "minoring" | "majoring";

const HEIGHTS: Readonly<Record<SummationMethod, (a: number, b: number) => number>> = {
  interpolation: (a, b) => (a + b) / 2,
  minoring: Math.min,
  majoring: Math.max,
};

/** The share of yes that is found over the share of no that is taken for yes: the receiver operating characteristic. */
export function rocArea(curve: ConfusionCurve, method: SummationMethod): number {
  const { truePositives, falsePositives, positives, negatives } = curve;
  const found = truePositives.map((count) => ratio(count, positives));
  const wrong = falsePositives.map((count) => ratio(count, negatives));
  return area(wrong, found, method);
}

/** Precision over recall. */
export function precisionRecallArea(curve: ConfusionCurve, method: SummationMethod): number {
  if (method === "interpolation") return interpolatedArea(curve);
  const { truePositives, falsePositives, positives } = curve;
  const precision = truePositives.map((count, index) => ratio(count, count + (falsePositives[index] as number)));
  const recall = truePositives.map((count) => ratio(count, positives));
  return area(recall, precision, method);
}

function area(x: readonly number[], y: readonly number[], method: SummationMethod): number {
  const height = HEIGHTS[method];
  return sumOverIntervals(x, (i) => (at(x, i) - at(x, i + 1)) * height(at(y, i), at(y, i + 1)));
}

/**
 * Between two thresholds true positives TP grow linearly with all that is predicted to be yes, P, with the slope s, so that the
 * precision is s + (TP − s·P) / P; its integral over the recall is taken exactly (Davis and Goadrich 2006, "The relationship
 * between precision-recall and ROC curves").
 */
function interpolatedArea({ truePositives, falsePositives, positives }: ConfusionCurve): number {
  const predicted = truePositives.map((count, index) => count + at(falsePositives, index));
  return sumOverIntervals(truePositives, (i) => {
    const gained = at(truePositives, i) - at(truePositives, i + 1);
    const slope = ratio(gained, Math.max(at(predicted, i) - at(predicted, i + 1), 0));
    const intercept = at(truePositives, i + 1) - slope * at(predicted, i + 1);
    const isInside = at(predicted, i) > 0 && at(predicted, i + 1) > 0;
    const growth = isInside ? at(predicted, i) / at(predicted, i + 1) : 1;
    return ratio(slope * (gained + intercept * Math.log(growth)), positives);
  });
}

function sumOverIntervals(list: readonly number[], term: (index: number) => number): number {
  return list.slice(1).reduce((sum, _, index) => sum + term(index), 0);
}

function at(list: readonly number[], index: number): number {
  return list[index] as number;
}
