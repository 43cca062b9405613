/** Layers that take one number of each window of a sequence, channel by channel: pooling of images that are one pixel wide. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { averagePool2d, maxPool2d } from "../../ops/pool.ts";
import { reshape } from "../../ops/shape.ts";
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount, checkOnly, checkPadding } from "./option-checks.ts";

export interface Pooling1dOptions extends LayerOptions {
  /** The pool's size unless given: windows side by side. */
  readonly strides?: number;
  /** `valid` unless given: windows that stick out are left away. `same` keeps them. */
  readonly padding?: Padding;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

type PoolOp = typeof maxPool2d;

class Pooling1D extends Layer {
  readonly poolSize: number;
  readonly strides: number;
  readonly padding: Padding;
  readonly #pool: PoolOp;

  constructor(className: string, pool: PoolOp, poolSize: number, options: Pooling1dOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", options.dataFormat, "channels_last");
    this.#pool = pool;
    this.poolSize = checkCount(className, "poolSize", poolSize);
    this.strides = checkCount(className, "strides", options.strides ?? poolSize);
    this.padding = checkPadding(className, options.padding ?? "valid");
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const [length, channels] = sequenceShape(x);
    const { padding } = this;
    // [length, channels] → [length, 1, channels]
    const image = reshape(x, [length, 1, channels]);
    const pooled = this.#pool(image, { poolSize: [this.poolSize, 1], strides: [this.strides, 1], padding });
    return [reshape(pooled, [pooled.type.shape[0] as number, channels])];
  }

  protected settings(): KerasConfig {
    return {
      pool_size: [this.poolSize],
      padding: this.padding,
      strides: [this.strides],
      data_format: "channels_last",
    };
  }
}

/** @throws GraphError unless the tensor has the axes [length, channels]. */
export function sequenceShape(x: Node): readonly [length: number, channels: number] {
  const [length, channels] = x.type.shape;
  if (length !== undefined && channels !== undefined && x.type.shape.length === 2) return [length, channels];
  throw new GraphError(`it needs sequences [length, channels], not ${formatShape(x.type.shape)}`);
}

/** The largest number of each window: [length, channels] → [windows, channels]. Windows of 2 unless given. */
export function maxPool1d(poolSize = 2, options: Pooling1dOptions = {}): Layer {
  return new Pooling1D("MaxPooling1D", maxPool2d, poolSize, options);
}

/** The mean of each window, padding not counted: [length, channels] → [windows, channels]. Windows of 2 unless given. */
export function averagePooling1d(poolSize = 2, options: Pooling1dOptions = {}): Layer {
  return new Pooling1D("AveragePooling1D", averagePool2d, poolSize, options);
}

export function maxPool1dFromConfig(config: ConfigReader): Layer {
  return maxPool1d(config.single("pool_size"), pooling1dOptions(config));
}

export function averagePooling1dFromConfig(config: ConfigReader): Layer {
  return averagePooling1d(config.single("pool_size"), pooling1dOptions(config));
}

function pooling1dOptions(config: ConfigReader): Pooling1dOptions {
  config.requireOnly({ data_format: "channels_last" });
  return {
    ...config.layerOptions(),
    strides: config.single("strides"),
    padding: checkPadding(config.className, config.string("padding", "valid")),
  };
}
