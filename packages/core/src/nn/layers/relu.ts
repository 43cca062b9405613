import type { Node } from "../../graph/node.ts";
import { relu as reluOf } from "../activations/rectifiers.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkNotNegative } from "./option-checks.ts";

export interface ReluLayerOptions extends LayerOptions {
  /** Upper end of the result; none unless given. */
  readonly maxValue?: number | undefined;
  /** Slope below the threshold; 0 unless given. */
  readonly negativeSlope?: number;
  /** Where the result begins to be the input itself; 0 unless given. */
  readonly threshold?: number;
}

class ReLU extends Layer {
  readonly maxValue: number | undefined;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor({ maxValue, negativeSlope = 0, threshold = 0, ...options }: ReluLayerOptions) {
    super("ReLU", options);
    this.maxValue = maxValue === undefined ? undefined : checkNotNegative("ReLU", "maxValue", maxValue);
    this.negativeSlope = checkNotNegative("ReLU", "negativeSlope", negativeSlope);
    this.threshold = checkNotNegative("ReLU", "threshold", threshold);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const { maxValue, negativeSlope, threshold } = this;
    return [reluOf(x, { negativeSlope, threshold, ...(maxValue === undefined ? {} : { maxValue }) })];
  }

  protected settings(): KerasConfig {
    return { max_value: this.maxValue ?? null, negative_slope: this.negativeSlope, threshold: this.threshold };
  }
}

/**
 * x from `threshold` to `maxValue`, and negativeSlope · (x − threshold) below.
 *
 * @throws RangeError when an option is negative.
 *
 * @example
 * relu({ maxValue: 6 })(x)
 */
export function relu(options: ReluLayerOptions = {}): Layer {
  return new ReLU(options);
}

export function reluFromConfig(config: ConfigReader): Layer {
  return relu({
    ...config.layerOptions(),
    maxValue: config.optionalNumber("max_value"),
    negativeSlope: config.optionalNumber("negative_slope") ?? 0,
    threshold: config.optionalNumber("threshold") ?? 0,
  });
}
