import type { Node } from "../../graph/node.ts";
import { softmax as softmaxOf } from "../activations/softmax.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { readAxes, sampleAxes } from "./keras-axis.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

export interface SoftmaxLayerOptions extends LayerOptions {
  /** The axes along which the results add up to 1, with the batch as axis 0; the last unless given. */
  readonly axis?: number | readonly number[];
}

class Softmax extends Layer {
  readonly axis: number | readonly number[];

  constructor({ axis = -1, ...options }: SoftmaxLayerOptions) {
    super("Softmax", options);
    this.axis = axis;
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [softmaxOf(x, sampleAxes(this.axis, x.type.shape))];
  }

  protected settings(): KerasConfig {
    return { axis: this.axis };
  }
}

/** eˣ, divided by its sum along the axes. */
export function softmax(options: SoftmaxLayerOptions = {}): Layer {
  return new Softmax(options);
}

export function softmaxFromConfig(config: ConfigReader): Layer {
  return softmax({ ...config.layerOptions(), axis: readAxes(config, "axis", -1) });
}
