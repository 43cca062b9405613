/** Layers that add rows and columns to images, or take some away. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { pad, slice } from "../../ops/slice.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { JsonValue, KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly } from "./option-checks.ts";

type Pair = readonly [number, number];
type Edges = readonly [rows: Pair, columns: Pair];

/** Rows and columns alike at all edges; rows and columns; or those [[above, below], [left, right]]. */
export type EdgesLike = number | Pair | Edges;

export interface EdgesOptions extends LayerOptions {
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

abstract class EdgesLayer extends Layer {
  readonly edges: Edges;
  readonly #option: string;

  constructor(className: string, option: string, edges: EdgesLike, options: EdgesOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", options.dataFormat, "channels_last");
    this.edges = toEdges(className, option, edges);
    this.#option = option;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    if (x.type.shape.length !== 3) {
      throw new GraphError(`it needs images [height, width, channels], not ${formatShape(x.type.shape)}`);
    }
    return [this.change(x)];
  }

  protected abstract change(image: Node): Node;

  protected settings(): KerasConfig {
    return { [this.#option]: this.edges, data_format: "channels_last" };
  }
}

class ZeroPadding2D extends EdgesLayer {
  constructor(padding: EdgesLike, options: EdgesOptions) {
    super("ZeroPadding2D", "padding", padding, options);
  }

  protected change(image: Node): Node {
    const [[above, below], [left, right]] = this.edges;
    return pad(image, { before: [above, left, 0], after: [below, right, 0] });
  }
}

class Cropping2D extends EdgesLayer {
  constructor(cropping: EdgesLike, options: EdgesOptions) {
    super("Cropping2D", "cropping", cropping, options);
  }

  protected change(image: Node): Node {
    const [[above, below], [left, right]] = this.edges;
    const [height, width, channels] = image.type.shape as [number, number, number];
    const size = [height - above - below, width - left - right, channels];
    if (size.every((length) => length > 0)) return slice(image, { begin: [above, left, 0], size });
    throw new GraphError(
      `it takes ${above + below} rows and ${left + right} columns away, and nothing is left of ${formatShape(image.type.shape)}`,
    );
  }
}

/** Surrounds images with zeros, one row and column at each edge unless given: [height, width, channels] → larger ones. */
export function zeroPadding2d(padding: EdgesLike = 1, options: EdgesOptions = {}): Layer {
  return new ZeroPadding2D(padding, options);
}

/** Cuts rows and columns off at the edges; none unless given: [height, width, channels] → smaller ones. */
export function cropping2d(cropping: EdgesLike = 0, options: EdgesOptions = {}): Layer {
  return new Cropping2D(cropping, options);
}

export function zeroPadding2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  return zeroPadding2d(config.value("padding") as EdgesLike, config.layerOptions());
}

export function cropping2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  return cropping2d(config.value("cropping") as EdgesLike, config.layerOptions());
}

/** @throws RangeError unless all are whole numbers from 0 on. */
function toEdges(className: string, option: string, given: EdgesLike): Edges {
  const [rows, columns] = isList(given) ? given : [given, given];
  const both = [rows, columns].map((edge) => (isList(edge) ? edge : [edge ?? null, edge ?? null]));
  const isPair = (edge: readonly JsonValue[]): boolean =>
    edge.length === 2 && edge.every((length) => Number.isInteger(length) && (length as number) >= 0);
  if ((!isList(given) || given.length === 2) && both.every(isPair)) return both as unknown as Edges;
  throw new RangeError(
    `${option} of ${className} must be a whole number from 0 on, two of them, or [[above, below], [left, right]]; ` +
      `${JSON.stringify(given)} came`,
  );
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
