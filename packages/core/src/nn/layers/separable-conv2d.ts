import type { Node } from "../../graph/node.ts";
import { conv2d } from "../../ops/conv2d/index.ts";
import { depthwiseConv2d } from "../../ops/depthwise-conv2d/index.ts";
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { Convolution, convolutionOptions } from "./convolution.ts";
import type { ConvolutionOptions } from "./convolution.ts";
import { imageWindowOptions, imageWindows } from "./image-windows.ts";
import type { ImageWindowOptions, Pair } from "./image-windows.ts";
import type { Layer } from "./layer.ts";
import { checkCount } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";
import { weightOptions, WeightSettings } from "./weight-settings.ts";
import type { WeightOptions } from "./weight-settings.ts";

/** Both kernels begin as `glorotUniform` unless given. */
export interface SeparableConv2dLayerOptions
  extends ConvolutionOptions, ImageWindowOptions, WeightOptions<"depthwise">, WeightOptions<"pointwise"> {
  /** How many filters of the depthwise kernel each channel has; 1 unless given. */
  readonly depthMultiplier?: number;
}

class SeparableConv2D extends Convolution<Pair, Padding> {
  readonly filters: number;
  readonly depthMultiplier: number;
  readonly #depthwise: WeightSettings;
  readonly #pointwise: WeightSettings;

  constructor(filters: number, kernelSize: PairLike, options: SeparableConv2dLayerOptions) {
    super("SeparableConv2D", imageWindows("SeparableConv2D", kernelSize, options), options);
    this.filters = checkCount("SeparableConv2D", "filters", filters);
    this.depthMultiplier = checkCount("SeparableConv2D", "depthMultiplier", options.depthMultiplier ?? 1);
    this.#depthwise = WeightSettings.of("depthwise", options, "glorotUniform");
    this.#pointwise = WeightSettings.of("pointwise", options, "glorotUniform");
  }

  protected convolve(x: Node): Node {
    const { strides, padding, dilationRate } = this;
    const depthwise = depthwiseConv2d(x, this.weight("depthwise_kernel"), { strides, padding, dilationRate });
    return conv2d(depthwise, this.weight("pointwise_kernel"), { strides: [1, 1], padding: "valid" });
  }

  protected kernelSpecs(channels: number): readonly VariableSpec[] {
    return [
      this.#depthwise.variable("depthwise_kernel", [...this.kernelSize, channels, this.depthMultiplier]),
      this.#pointwise.variable("pointwise_kernel", [1, 1, channels * this.depthMultiplier, this.filters]),
    ];
  }

  protected outputChannels(): number {
    return this.filters;
  }

  protected override settings(): KerasConfig {
    return {
      filters: this.filters,
      depth_multiplier: this.depthMultiplier,
      ...super.settings(),
      ...this.#depthwise.toKeras("depthwise"),
      ...this.#pointwise.toKeras("pointwise"),
    };
  }
}

/**
 * A convolution of each channel by itself, then one of single pixels that mixes the channels:
 * [height, width, channels] → [rows, columns, filters].
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * separableConv2d(64, 3, { activation: "relu", padding: "same" })(image)
 */
export function separableConv2d(
  filters: number,
  kernelSize: PairLike,
  options: SeparableConv2dLayerOptions = {},
): Layer {
  return new SeparableConv2D(filters, kernelSize, options);
}

export function separableConv2dFromConfig(config: ConfigReader): Layer {
  return separableConv2d(config.number("filters"), config.pair("kernel_size"), {
    ...convolutionOptions(config),
    ...imageWindowOptions(config),
    ...weightOptions(config, "depthwise"),
    ...weightOptions(config, "pointwise"),
    depthMultiplier: config.optionalNumber("depth_multiplier") ?? 1,
  });
}
