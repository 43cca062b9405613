/** What a model is trained for and how that is measured, output by output: Keras's forms of `loss` and `metrics`, resolved. */
import type { Loss } from "../losses/loss.ts";
import { getLoss } from "../losses/registry.ts";
import type { LossLike } from "../losses/registry.ts";
import type { Metric } from "../metrics/metric.ts";
import { getMetrics } from "../metrics/registry.ts";
import type { MetricLike } from "../metrics/registry.ts";
import { perName } from "./per-name.ts";
import type { PerName } from "./per-name.ts";

/** A value for each output: one for the only output, a list in the order of the outputs, or by the outputs' names. */
export type PerOutput<T> = T | PerName<T>;

/** Metrics of the only output, a list for each output in their order, or by the outputs' names. */
export type MetricsPerOutput =
  readonly (MetricLike | readonly MetricLike[])[] | Readonly<Record<string, MetricLike | readonly MetricLike[]>>;

export interface ObjectiveOptions {
  /** A loss or the name of one, for each output; outputs without one are not trained. */
  readonly loss?: PerOutput<LossLike> | undefined;
  /** What the loss of each output counts in the sum; 1 unless given. */
  readonly lossWeights?: readonly number[] | Readonly<Record<string, number>> | undefined;
  /** Figures to report beside the loss; none unless given. */
  readonly metrics?: MetricsPerOutput | undefined;
  /** Figures in which samples count by their weights; none unless given. */
  readonly weightedMetrics?: MetricsPerOutput | undefined;
}

export interface OutputObjective {
  /** The name of the output's layer. */
  readonly name: string;
  readonly loss: Loss | undefined;
  readonly lossWeight: number;
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/**
 * What is asked of each output.
 *
 * @throws RangeError when an output is named that the model lacks, a list has another length, or a loss or metric is unknown.
 */
export function resolveObjective(options: ObjectiveOptions, outputs: readonly string[]): OutputObjective[] {
  const lossesOf = perOutput("loss", options.loss, outputs, isLossLike);
  const weightsOf = perOutput("lossWeights", options.lossWeights, outputs, isNumber);
  const [metrics, weightedMetrics] = (["metrics", "weightedMetrics"] as const).map((key) =>
    metricsPerOutput(key, options[key], outputs),
  ) as [Metric[][], Metric[][]];
  return outputs.map((name, index) => {
    const loss = lossesOf[index];
    return {
      name,
      loss: loss === undefined ? undefined : getLoss(loss),
      lossWeight: weightsOf[index] ?? 1,
      metrics: metrics[index] ?? [],
      weightedMetrics: weightedMetrics[index] ?? [],
    };
  });
}

function metricsPerOutput(key: string, given: MetricsPerOutput | undefined, outputs: readonly string[]): Metric[][] {
  const isFlat = outputs.length === 1 && Array.isArray(given) && !given.some(Array.isArray);
  const lists = perOutput(key, isFlat ? [given as readonly MetricLike[]] : given, outputs, isMetricLike);
  return lists.map((list) => getMetrics([list ?? []].flat()));
}

function perOutput<T>(
  what: string,
  given: PerOutput<T> | undefined,
  outputs: readonly string[],
  isOne: (value: unknown) => boolean,
): readonly (T | undefined)[] {
  if (given === undefined) return [];
  if (isOne(given)) {
    // As in Keras, one loss serves all outputs.
    return outputs.map(() => given as T);
  }
  return perName<T>(given as PerName<T>, outputs, {
    ofLength: (length) =>
      new RangeError(
        `${what} lists ${length} entries and the model has the outputs ${outputs.join(", ")}; give one for each`,
      ),
    ofName: (unknown) => new RangeError(`${what} names the unknown output ${unknown}`),
  });
}

const isNumber = (value: unknown): boolean => typeof value === "number";
const isLossLike = (value: unknown): boolean => isNameOrFunction(value) || has(value, "values");
const isMetricLike = (value: unknown): boolean => isNameOrFunction(value) || has(value, "contributions");
const isNameOrFunction = (value: unknown): boolean => typeof value === "string" || typeof value === "function";

function has(value: unknown, method: string): boolean {
  // A list has methods of its own.
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[method] === "function";
}
