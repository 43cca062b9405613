import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { reshape } from "../../ops/shape.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

class Flatten extends Layer {
  constructor(options: LayerOptions) {
    super("Flatten", options);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [reshape(x, [sizeOf(x.type.shape)])];
  }

  protected settings(): KerasConfig {
    return { data_format: "channels_last" };
  }
}

/** All numbers of a sample in one axis, row-major: [height, width, channels] → [height · width · channels]. */
export function flatten(options: LayerOptions = {}): Layer {
  return new Flatten(options);
}

export function flattenFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ data_format: "channels_last" });
  return flatten(config.layerOptions());
}
