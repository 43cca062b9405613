/** Precision and recall in one figure (van Rijsbergen 1979). */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { abs, greater, greaterEqual, mul, sub } from "../../ops/elementwise.ts";
import { max, sum } from "../../ops/reduce.ts";
import { checkSameShape } from "../losses/loss.ts";
import type { Metric, MetricOptions, MetricSums } from "./metric.ts";

/** `micro` counts all classes together, `macro` takes the mean of the classes, `weighted` one by how often each occurs. */
export type FScoreAverage = "micro" | "macro" | "weighted";

export interface F1ScoreOptions extends MetricOptions {
  /** One figure for all classes; a figure for each class, `f1_score_0` and so on, unless given. */
  readonly average?: FScoreAverage | undefined;
  /** What a prediction must exceed to count as yes; unless given, the largest of the classes does. */
  readonly threshold?: number | undefined;
}

export interface FBetaScoreOptions extends F1ScoreOptions {
  /** How many times as much recall counts as precision; 1 unless given. */
  readonly beta?: number;
}

// Keras's epsilon, with which it divides.
const EPSILON = 1e-7;

/**
 * 2·P·R / (P + R), the harmonic mean of precision P and recall R; targets and predictions are vectors with an element for each class.
 *
 * @throws RangeError when the threshold is not above 0 and at most 1.
 */
export function f1Score({ name = "f1_score", ...options }: F1ScoreOptions = {}): Metric {
  const score = fBetaScore({ name, ...options });
  const { beta: _, ...config } = score.config;
  return { ...score, className: "F1Score", config };
}

/**
 * (1 + β²)·P·R / (β²·P + R) of precision P and recall R; targets and predictions are vectors with an element for each class.
 *
 * @throws RangeError when the threshold is not above 0 and at most 1, or beta not above 0.
 */
export function fBetaScore({ average, threshold, beta = 1, name = "fbeta_score" }: FBetaScoreOptions = {}): Metric {
  if (threshold !== undefined && !(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`the threshold of ${name} must be above 0 and at most 1; ${threshold} came`);
  }
  if (!(Number.isFinite(beta) && beta > 0)) {
    throw new RangeError(`the beta of ${name} must be a number above 0; ${beta} came`);
  }
  return {
    name,
    className: "FBetaScore",
    config: { average: average ?? null, beta, threshold: threshold ?? null },
    better: "larger",
    contributions(target, prediction) {
      checkVectors(name, target, prediction);
      const isPredicted = threshold === undefined ? isLargest(prediction) : greater(prediction, threshold);
      const parts = {
        truePositives: mul(isPredicted, target),
        falsePositives: mul(isPredicted, sub(1, target)),
        falseNegatives: mul(sub(1, isPredicted), target),
        labels: target,
      };
      if (average !== "micro") return parts;
      return Object.fromEntries(
        Object.entries(parts).map(([part, node]) => [part, sum(node, [0], { keepDims: true })]),
      );
    },
    result(sums) {
      const scores = scoresOf(sums, beta);
      if (average === undefined) return scores;
      const { labels = [] } = sums;
      const total = Array.from(labels).reduce((sumOf, count) => sumOf + count, 0);
      const shares = scores.map((_, index) =>
        average === "weighted" ? (labels[index] ?? 0) / (total + EPSILON) : 1 / scores.length,
      );
      return scores.reduce((mean, score, index) => mean + score * (shares[index] as number), 0);
    },
  };
}

/** The score of each class. */
function scoresOf(
  { truePositives = new Float64Array(), falsePositives, falseNegatives }: MetricSums,
  beta: number,
): number[] {
  return Array.from(truePositives, (right, index) => {
    const precision = right / (right + (falsePositives?.[index] ?? 0) + EPSILON);
    const recall = right / (right + (falseNegatives?.[index] ?? 0) + EPSILON);
    return ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall + EPSILON);
  });
}

/** 1 for the largest predictions, all of them where several are equal, unless they are 0. */
function isLargest(prediction: Node): Node {
  return mul(greaterEqual(prediction, max(prediction, [-1], { keepDims: true })), greater(abs(prediction), 1e-9));
}

function checkVectors(name: string, target: Node, prediction: Node): void {
  checkSameShape(name, target, prediction);
  const { shape } = prediction.type;
  if (shape.length === 1) return;
  throw new GraphError(
    `${name} takes a vector with an element for each class; predictions of shape ${formatShape(shape)} came`,
  );
}
