import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { upSample2d } from "../../ops/upsample.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkInterpolation, resizeImage } from "./interpolation.ts";
import type { Interpolation } from "./interpolation.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly, toPair } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface UpSampling2dOptions extends LayerOptions {
  /** `nearest` unless given: each pixel becomes a block. */
  readonly interpolation?: Interpolation;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

class UpSampling2D extends Layer {
  readonly size: readonly [number, number];
  readonly interpolation: Interpolation;

  constructor(size: PairLike, options: UpSampling2dOptions) {
    super("UpSampling2D", options);
    checkOnly("UpSampling2D", "dataFormat", options.dataFormat, "channels_last");
    this.size = toPair("UpSampling2D", "size", size);
    this.interpolation = checkInterpolation("UpSampling2D", options.interpolation ?? "nearest");
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { size, interpolation } = this;
    if (interpolation === "nearest") return [upSample2d(x, { size })];
    const [height, width] = x.type.shape;
    if (height === undefined || width === undefined) {
      throw new GraphError(`it needs images [height, width, channels], not ${formatShape(x.type.shape)}`);
    }
    return [resizeImage(x, [height * size[0], width * size[1]], { interpolation })];
  }

  protected settings(): KerasConfig {
    return { size: this.size, data_format: "channels_last", interpolation: this.interpolation };
  }
}

/** Enlarges images: [height, width, channels] → [height · size, width · size, channels]. Twice unless given. */
export function upSampling2d(size: PairLike = 2, options: UpSampling2dOptions = {}): Layer {
  return new UpSampling2D(size, options);
}

export function upSampling2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  const interpolation = checkInterpolation(config.className, config.string("interpolation", "nearest"));
  return upSampling2d(config.pair("size"), { ...config.layerOptions(), interpolation });
}
