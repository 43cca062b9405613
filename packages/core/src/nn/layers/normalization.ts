import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { add, div, maximum, mul, sqrt, sub } from "../../ops/elementwise.ts";
import { reshape } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import { ones, zeros } from "../initializers/constant.ts";
import type { KerasConfig } from "../keras-object.ts";
import { toRows } from "../tensor-data.ts";
import type { DataLike } from "../tensor-data.ts";
import type { VariableSpec } from "../variable.ts";
import { broadcastStatistic, givenStatistic, readNestedNumbers } from "./given-statistic.ts";
import type { GivenStatistic, NestedNumbers } from "./given-statistic.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

// Keras's epsilon.
const EPSILON = 1e-7;

export interface NormalizationOptions extends LayerOptions {
  /**
   * Axes that have a mean and variance for each position, Keras's −1 unless given; null for one mean and variance of all
   * numbers. Keras counts the batch: axis 1 is the first of a sample.
   */
  readonly axis?: number | readonly number[] | null;
  /**
   * The means: one, or lists with one for each position along the axes, in their order in the sample. Without them the layer
   * learns mean and variance in `adapt`.
   */
  readonly mean?: NestedNumbers | undefined;
  /** The variances, in the shape of the means. */
  readonly variance?: NestedNumbers | undefined;
  /** Whether to undo what the layer does otherwise; false unless given. */
  readonly invert?: boolean;
}

/** A layer that brings numbers to mean 0 and variance 1. */
export class Normalization extends Layer {
  readonly axis: readonly number[];
  readonly invert: boolean;
  readonly #given: { readonly mean: GivenStatistic; readonly variance: GivenStatistic } | undefined;
  readonly #config: KerasConfig;
  #inputShape: Shape | undefined;

  constructor(options: NormalizationOptions) {
    super("Normalization", options);
    const { axis = -1, mean, variance, invert = false } = options;
    if ((mean === undefined) !== (variance === undefined)) {
      throw new RangeError(
        "Normalization needs both mean and variance, or neither and then adapt(data); one of them came",
      );
    }
    this.axis = axis === null ? [] : [axis].flat();
    this.invert = invert;
    this.#given =
      mean === undefined || variance === undefined
        ? undefined
        : { mean: givenStatistic("mean", mean), variance: givenStatistic("variance", variance) };
    this.#config = { mean: mean ?? null, variance: variance ?? null };
  }

  /**
   * Learns mean and variance of data, added up in float64. A layer that has not been called takes the shape of the data.
   *
   * @param data samples; with their shape, unless the layer has been called.
   * @throws GraphError when the data do not fit, or the layer has been given its mean and variance.
   */
  adapt(data: DataLike): void {
    if (this.#given !== undefined) {
      throw new GraphError(`${this.describe()} was made with a mean and a variance; make it without them to adapt it`);
    }
    const shape = this.#inputShape ?? ("shape" in data ? data.shape : undefined);
    if (shape === undefined) {
      throw new GraphError(`${this.describe()} has not been called; give adapt the shape: adapt({ data, shape })`);
    }
    this.build([shape]);
    const rows = toRows("the data to adapt to", data, shape);
    const groups = groupsOf(shape, keptAxes(this.axis, shape));
    const size = Math.max(...groups) + 1;
    const count = (rows.count * groups.length) / size;
    const sumOf = (term: (value: number, group: number) => number): Float64Array => {
      const sums = new Float64Array(size);
      for (let row = 0; row < rows.count; row++) {
        for (const [i, group] of groups.entries()) {
          sums[group] = (sums[group] as number) + term((rows.data[row * rows.size + i] as number) * rows.scale, group);
        }
      }
      return sums.map((sum) => sum / count);
    };
    const mean = sumOf((value) => value);
    const variance = sumOf((value, group) => (value - (mean[group] as number)) ** 2);
    this.variable("mean").assign(mean);
    this.variable("variance").assign(variance);
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    this.#inputShape = inputShape;
    const shape = keptAxes(this.axis, inputShape).map((axis) => inputShape[axis] as number);
    if (this.#given !== undefined) return [];
    return [
      { name: "mean", shape, initializer: zeros(), trainable: false },
      { name: "variance", shape, initializer: ones(), trainable: false },
      // Keras keeps it for older files; nothing reads it.
      { name: "count", shape: [], initializer: zeros(), trainable: false, dtype: "int64" },
    ];
  }

  // (x − mean) / max(√variance, ε)
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const mean = this.#statistic("mean", x.type.shape);
    const deviation = maximum(sqrt(this.#statistic("variance", x.type.shape)), EPSILON);
    return [this.invert ? add(mul(x, deviation), mean) : div(sub(x, mean), deviation)];
  }

  protected settings(): KerasConfig {
    return { axis: this.axis, invert: this.invert, ...this.#config };
  }

  /** Mean or variance in a shape that broadcasts to the input's. */
  #statistic(name: "mean" | "variance", shape: Shape): Node {
    const kept = keptAxes(this.axis, shape);
    if (this.#given !== undefined) return broadcastStatistic(this.#given[name], kept, shape);
    return reshape(
      this.weight(name),
      shape.map((size, axis) => (kept.includes(axis) ? size : 1)),
    );
  }
}

/** Keras's axes as axes of one sample, in order. */
function keptAxes(axes: readonly number[], shape: Shape): number[] {
  const kept = axes.map((axis) => (axis < 0 ? axis + shape.length : axis - 1));
  if (kept.every((axis) => axis >= 0 && axis < shape.length)) return kept.toSorted((a, b) => a - b);
  throw new GraphError(
    `its axes [${axes.join(", ")}] do not all name axes of samples of shape ${formatShape(shape)}; ` +
      `they count from 1, the batch being 0, or from −1 backwards`,
  );
}

/** For each number of a sample, which mean and variance it belongs to. */
function groupsOf(shape: Shape, kept: readonly number[]): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, position) => {
    let group = 0;
    for (const axis of kept) {
      const along = Math.floor(position / sizeOf(shape.slice(axis + 1))) % (shape[axis] as number);
      group = group * (shape[axis] as number) + along;
    }
    return group;
  });
}

/**
 * Brings numbers to mean 0 and variance 1, by a mean and variance that are given or learned from data before training.
 *
 * @example
 * const normalize = normalization();
 * normalize.adapt({ data: table, shape: [8] });
 */
export function normalization(options: NormalizationOptions = {}): Normalization {
  return new Normalization(options);
}

export function normalizationFromConfig(config: ConfigReader): Layer {
  return normalization({
    ...config.layerOptions(),
    axis: config.isList("axis") ? config.numbers("axis") : (config.optionalNumber("axis") ?? null),
    invert: config.boolean("invert", false),
    mean: readNestedNumbers(config.value("mean")),
    variance: readNestedNumbers(config.value("variance")),
  });
}
