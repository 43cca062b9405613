/** Layers that take one number of each window of an image, channel by channel. */
import type { Node } from "../../graph/node.ts";
import { averagePool2d, maxPool2d as maxPool2dOp } from "../../ops/pool.ts";
import type { Padding } from "../../ops/window.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly, checkPadding, toPair } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface PoolingOptions extends LayerOptions {
  /** The pool's size unless given: windows side by side. */
  readonly strides?: PairLike;
  /** `valid` unless given: windows that stick out are left away. `same` keeps them. */
  readonly padding?: Padding;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

type PoolOp = typeof maxPool2dOp;

class Pooling extends Layer {
  readonly poolSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  readonly #pool: PoolOp;

  constructor(className: string, pool: PoolOp, poolSize: PairLike, options: PoolingOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", options.dataFormat, "channels_last");
    this.#pool = pool;
    this.poolSize = toPair(className, "poolSize", poolSize);
    this.strides = toPair(className, "strides", options.strides ?? poolSize);
    this.padding = checkPadding(className, options.padding ?? "valid");
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { poolSize, strides, padding } = this;
    return [this.#pool(x, { poolSize, strides, padding })];
  }

  protected settings(): KerasConfig {
    return {
      pool_size: this.poolSize,
      padding: this.padding,
      strides: this.strides,
      data_format: "channels_last",
    };
  }
}

/** The largest number of each window: [height, width, channels] → [rows, columns, channels]. Windows of 2×2 unless given. */
export function maxPool2d(poolSize: PairLike = 2, options: PoolingOptions = {}): Layer {
  return new Pooling("MaxPooling2D", maxPool2dOp, poolSize, options);
}

/** The mean of each window, padding not counted: [height, width, channels] → [rows, columns, channels]. 2×2 unless given. */
export function averagePooling2d(poolSize: PairLike = 2, options: PoolingOptions = {}): Layer {
  return new Pooling("AveragePooling2D", averagePool2d, poolSize, options);
}

export function maxPool2dFromConfig(config: ConfigReader): Layer {
  return maxPool2d(config.pair("pool_size"), poolingOptions(config));
}

export function averagePooling2dFromConfig(config: ConfigReader): Layer {
  return averagePooling2d(config.pair("pool_size"), poolingOptions(config));
}

function poolingOptions(config: ConfigReader): PoolingOptions {
  config.requireOnly({ data_format: "channels_last" });
  return {
    ...config.layerOptions(),
    strides: config.pair("strides"),
    padding: checkPadding(config.className, config.string("padding", "valid")),
  };
}
