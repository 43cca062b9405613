import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import { matmul } from "../../ops/matmul.ts";
import { reshape, transpose } from "../../ops/shape.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { otherAxes, readAxes, sampleAxis } from "./keras-axis.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext, SymbolicTensor } from "./layer.ts";
import { isTensors } from "./merge.ts";
import { divideByLength } from "./normalize.ts";

/** One axis of both tensors, or one of each, with the batch as axis 0. */
export type DotAxes = number | readonly [first: number, second: number];

export interface DotOptions extends LayerOptions {
  /** Whether to give both the length 1 along their axes first: the result is then the cosine. False unless given. */
  readonly normalize?: boolean;
}

/** Keras's epsilon. */
const SHORTEST = 1e-7;

class Dot extends Layer {
  readonly axes: DotAxes;
  readonly normalize: boolean;

  constructor(axes: DotAxes, { normalize = false, ...options }: DotOptions) {
    super("Dot", options);
    if (![1, 2].includes([axes].flat().length) || ![axes].flat().every(Number.isInteger)) {
      throw new RangeError(`axes of Dot must be one or two whole numbers; ${JSON.stringify(axes)} came`);
    }
    this.axes = axes;
    this.normalize = normalize;
  }

  override get numInputs(): number {
    return 2;
  }

  // [...a, n] and [...b, n], once the axes are last → [...a, ...b], or [1] where nothing is left of either
  protected lower(_: LowerContext, [left, right]: readonly [Node, Node]): readonly Node[] {
    const [first, second] = typeof this.axes === "number" ? [this.axes, this.axes] : this.axes;
    const [a, b] = [this.#rows(left, first), this.#rows(right, second)];
    if (a.terms !== b.terms) {
      throw new GraphError(
        `axis ${first} of ${formatShape(left.type.shape)} has ${a.terms} elements and axis ${second} of ` +
          `${formatShape(right.type.shape)} has ${b.terms}; they must have as many`,
      );
    }
    const product = matmul(a.rows, b.rows, { transposeRight: true });
    const shape = [...a.rest, ...b.rest];
    return [reshape(product, shape.length === 0 ? [1] : shape)];
  }

  /** The tensor as a matrix whose rows lie along the axis. */
  #rows(x: Node, kerasAxis: number): { rows: Node; rest: readonly number[]; terms: number } {
    const { shape } = x.type;
    const axis = sampleAxis(kerasAxis, shape);
    const others = otherAxes(axis, shape);
    const rest = others.map((other) => shape[other] as number);
    const terms = shape[axis] as number;
    const normalized = this.normalize ? divideByLength(x, [axis], SHORTEST) : x;
    return { rows: reshape(transpose(normalized, [...others, axis]), [sizeOf(rest), terms]), rest, terms };
  }

  protected settings(): KerasConfig {
    return { axes: this.axes, normalize: this.normalize };
  }
}

/**
 * Products of two tensors, summed along an axis of each: [..., n, ...] and [..., n, ...] → the other axes of the first, then
 * those of the second; [1] where there are none.
 *
 * @throws RangeError when the axes are not one or two whole numbers.
 *
 * @example
 * dot(1)([a, b]); // [8] and [8] → [1]
 * dot([a, b], [2, 1]); // [3, 8] and [8, 5] → [3, 5]
 */
export function dot(axes: DotAxes, options?: DotOptions): Layer;
export function dot(tensors: readonly SymbolicTensor[], axes?: DotAxes, options?: DotOptions): SymbolicTensor;
export function dot(
  first: DotAxes | readonly SymbolicTensor[],
  second?: DotAxes | DotOptions,
  third: DotOptions = {},
): Layer | SymbolicTensor {
  if (isTensors(first)) return new Dot((second as DotAxes | undefined) ?? -1, third)(first);
  return new Dot(first, (second as DotOptions | undefined) ?? {});
}

export function dotFromConfig(config: ConfigReader): Layer {
  // The layer checks that there are one or two.
  const axes = readAxes(config, "axes", -1) as DotAxes;
  return dot(axes, { ...config.layerOptions(), normalize: config.boolean("normalize", false) });
}
