import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { square, sub } from "../../ops/elementwise.ts";
import { checkSameShape } from "../losses/loss.ts";
import type { Metric, MetricOptions } from "./metric.ts";

export interface R2ScoreOptions extends MetricOptions {
  /**
   * How the scores of several outputs become one: their mean, one by the outputs' variances, or `none` for a figure of each,
   * `r2_score_0` and so on. `uniformAverage` unless given.
   */
  readonly classAggregation?: "uniformAverage" | "varianceWeightedAverage" | "none";
}

const KERAS_NAMES = {
  uniformAverage: "uniform_average",
  varianceWeightedAverage: "variance_weighted_average",
  none: null,
} as const;

/**
 * The coefficient of determination, 1 − Σ(t − p)² / Σ(t − t̄)²: the share of the targets' variance that predictions explain. 1 is
 * perfect, 0 no better than always predicting the mean. Targets and predictions are vectors. 0 where all targets are equal.
 */
export function r2Score({ classAggregation = "uniformAverage", name = "r2_score" }: R2ScoreOptions = {}): Metric {
  return {
    name,
    className: "R2Score",
    config: { class_aggregation: KERAS_NAMES[classAggregation], num_regressors: 0 },
    better: "larger",
    contributions(target, prediction) {
      checkSameShape(name, target, prediction);
      const { shape } = prediction.type;
      if (shape.length !== 1) {
        throw new GraphError(`${name} takes vectors; predictions of shape ${formatShape(shape)} came`);
      }
      return { sum: target, squares: square(target), residuals: square(sub(target, prediction)) };
    },
    result({ sum = new Float64Array(), squares, residuals }, weight) {
      const variances = Array.from(sum, (total, index) => (squares?.[index] ?? 0) - total ** 2 / weight);
      const scores = variances.map((variance, index) => {
        const score = 1 - (residuals?.[index] ?? 0) / variance;
        return Number.isFinite(score) ? score : 0;
      });
      if (classAggregation === "none") return scores;
      const shares = classAggregation === "uniformAverage" ? scores.map(() => 1) : variances;
      const total = shares.reduce((sumOf, share) => sumOf + share, 0);
      return scores.reduce((mean, score, index) => mean + (score * (shares[index] as number)) / total, 0);
    },
  };
}
