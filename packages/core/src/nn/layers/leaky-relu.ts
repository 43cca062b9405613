import type { Node } from "../../graph/node.ts";
import { leakyRelu as leakyReluOf } from "../activations/rectifiers.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkNotNegative } from "./option-checks.ts";

export interface LeakyReluLayerOptions extends LayerOptions {
  /** Slope below 0; 0.3 unless given, and 0.2 in the activation `leaky_relu`, both as in Keras. */
  readonly negativeSlope?: number;
}

const DEFAULT_SLOPE = 0.3;

class LeakyReLU extends Layer {
  readonly negativeSlope: number;

  constructor({ negativeSlope = DEFAULT_SLOPE, ...options }: LeakyReluLayerOptions) {
    super("LeakyReLU", options);
    this.negativeSlope = checkNotNegative("LeakyReLU", "negativeSlope", negativeSlope);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [leakyReluOf(x, { negativeSlope: this.negativeSlope })];
  }

  protected settings(): KerasConfig {
    return { negative_slope: this.negativeSlope };
  }
}

/**
 * x where positive, else negativeSlope · x.
 *
 * @throws RangeError when the slope is negative.
 */
export function leakyRelu(options: LeakyReluLayerOptions = {}): Layer {
  return new LeakyReLU(options);
}

export function leakyReluFromConfig(config: ConfigReader): Layer {
  // Keras 2 called it alpha.
  const negativeSlope = config.optionalNumber("negative_slope") ?? config.optionalNumber("alpha") ?? DEFAULT_SLOPE;
  return leakyRelu({ ...config.layerOptions(), negativeSlope });
}
