/** Loss and metrics: as nodes of a program, and added up over batches in float64. */
import type { Node } from "../../graph/node.ts";
import { mul } from "../../ops/elementwise.ts";
import { sumSamples } from "../../ops/reduce.ts";
import type { JsonValue } from "../keras-object.ts";
import type { Logs } from "../logs.ts";
import type { Metric, MetricResult, MetricSums } from "../metrics/metric.ts";

/** A number that training reports, made of shared nodes that a program computes for each batch. */
export interface Figure {
  readonly name: string;
  readonly parts: Readonly<Record<string, Node>>;
  /** Whether the parts are means over the batch or sums. */
  readonly kind: "mean" | "sum";
  /** The figure, from the parts added up over so many samples; a list is reported as `name_0`, `name_1` and so on. */
  result(sums: MetricSums, count: number): MetricResult;
}

/** A mean over samples. */
export function meanFigure(name: string, mean: Node): Figure {
  return { name, parts: { mean }, kind: "mean", result: ({ mean: total }, count) => (total?.[0] ?? 0) / count };
}

/**
 * A metric over the samples of the batch.
 *
 * @param weight what each sample counts, of the shape []: 1 for those of the batch unless `isWeighted`.
 */
export function metricFigure(
  metric: Metric,
  name: string,
  operands: { readonly target: Node; readonly prediction: Node; readonly weight: Node; readonly isWeighted: boolean },
): Figure {
  const { target, prediction, weight, isWeighted } = operands;
  const contributions = metric.contributions(target, prediction);
  const parts = Object.fromEntries(
    Object.entries(contributions).map(([part, node]) => [part, sumSamples(mul(node, weight))]),
  );
  if (!isWeighted) return { name, parts, kind: "sum", result: (sums, count) => metric.result(sums, count) };
  const total = "weight of samples";
  return {
    name,
    parts: { ...parts, [total]: sumSamples(weight) },
    kind: "sum",
    result: (sums) => metric.result(sums, sums[total]?.[0] ?? 0),
  };
}

/** The values of the figures' parts after a batch, in the figures' order; undefined for a figure that it did not measure. */
export type PartValues = readonly (Readonly<Record<string, ArrayLike<number>>> | undefined)[];

/** What figures have added up to, to go on from there. */
export interface FigureState {
  readonly [key: string]: JsonValue;
  /** The samples that each figure was measured on so far. */
  readonly counts: readonly number[];
  /** The parts of each figure. */
  readonly sums: readonly Readonly<Record<string, readonly number[]>>[];
  readonly values: Logs;
}

/** Figures over batches that come one by one. */
export class FigureSums {
  readonly #figures: readonly Figure[];
  readonly #sums: Record<string, Float64Array>[];
  #counts: number[];

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
    this.#sums = figures.map(() => ({}));
    this.#counts = figures.map(() => 0);
  }

  /** Adds a batch of so many samples. */
  add(values: PartValues, count: number): void {
    for (const [index, { kind }] of this.#figures.entries()) {
      const parts = values[index];
      if (parts === undefined) continue;
      const sums = this.#sums[index] as Record<string, Float64Array>;
      const factor = kind === "mean" ? count : 1;
      for (const [part, numbers] of Object.entries(parts)) {
        const sum = sums[part] ?? new Float64Array(numbers.length);
        sums[part] = sum;
        for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (numbers[i] as number) * factor;
      }
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
    }
  }

  get state(): FigureState {
    const sums = this.#sums.map((parts) =>
      Object.fromEntries(Object.entries(parts).map(([part, sum]) => [part, [...sum]])),
    );
    return { counts: [...this.#counts], sums, values: this.values };
  }

  /**
   * Sums that go on from a state; from nothing without one.
   *
   * @throws RangeError when it is one of other figures.
   */
  static after(state: FigureState | undefined, figures: readonly Figure[]): FigureSums {
    const sums = new FigureSums(figures);
    if (state !== undefined) sums.#restore(state);
    return sums;
  }

  #restore({ counts, sums, values }: FigureState): void {
    for (const [index, parts] of this.#sums.entries()) {
      for (const [part, sum] of Object.entries(sums[index] ?? {})) parts[part] = Float64Array.from(sum);
    }
    this.#counts = this.#figures.map((_, index) => counts[index] ?? 0);
    const names = Object.keys(this.values);
    if (JSON.stringify(names) !== JSON.stringify(Object.keys(values))) {
      throw new RangeError(
        `the interrupted epoch measured ${Object.keys(values).join(", ")}, and this training measures ` +
          `${names.join(", ")}; compile the model as it was`,
      );
    }
  }

  /** The figures so far, without those that were not measured yet. */
  get values(): Logs {
    return Object.fromEntries(
      this.#figures.flatMap(({ name, result }, index) => {
        const count = this.#counts[index] ?? 0;
        return count === 0 ? [] : reported(name, result(this.#sums[index] as MetricSums, count));
      }),
    );
  }
}

/** A figure under its name, or each of a list under the name with its number. */
function reported(name: string, result: MetricResult): [name: string, value: number][] {
  return typeof result === "number" ? [[name, result]] : result.map((value, index) => [`${name}_${index}`, value]);
}
