import type { Node } from "../../graph/node.ts";
import { upSample2d } from "../../ops/upsample.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly, toPair } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface UpSampling2dOptions extends LayerOptions {
  /** Only `nearest` so far: each pixel becomes a block. */
  readonly interpolation?: "nearest";
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

class UpSampling2D extends Layer {
  readonly size: readonly [number, number];

  constructor(size: PairLike, options: UpSampling2dOptions) {
    super("UpSampling2D", options);
    checkOnly("UpSampling2D", "interpolation", options.interpolation, "nearest");
    checkOnly("UpSampling2D", "dataFormat", options.dataFormat, "channels_last");
    this.size = toPair("UpSampling2D", "size", size);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [upSample2d(x, { size: this.size })];
  }

  protected settings(): KerasConfig {
    return { size: this.size, data_format: "channels_last", interpolation: "nearest" };
  }
}

/** Repeats every pixel: [height, width, channels] → [height · size, width · size, channels]. Twice unless given. */
export function upSampling2d(size: PairLike = 2, options: UpSampling2dOptions = {}): Layer {
  return new UpSampling2D(size, options);
}

export function upSampling2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ interpolation: "nearest", data_format: "channels_last" });
  return upSampling2d(config.pair("size"), config.layerOptions());
}
