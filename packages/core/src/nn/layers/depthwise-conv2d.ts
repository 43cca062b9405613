import type { Node } from "../../graph/node.ts";
import { depthwiseConv2d as depthwiseConv2dOp } from "../../ops/depthwise-conv2d/index.ts";
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

/** The kernel begins as `glorotUniform` unless given. */
export interface DepthwiseConv2dLayerOptions
  extends ConvolutionOptions, ImageWindowOptions, WeightOptions<"depthwise"> {
  /** How many filters each channel has; 1 unless given. */
  readonly depthMultiplier?: number;
}

class DepthwiseConv2D extends Convolution<Pair, Padding> {
  readonly depthMultiplier: number;
  readonly #kernel: WeightSettings;

  constructor(kernelSize: PairLike, options: DepthwiseConv2dLayerOptions) {
    super("DepthwiseConv2D", imageWindows("DepthwiseConv2D", kernelSize, options), options);
    this.depthMultiplier = checkCount("DepthwiseConv2D", "depthMultiplier", options.depthMultiplier ?? 1);
    this.#kernel = WeightSettings.of("depthwise", options, "glorotUniform");
  }

  protected convolve(x: Node): Node {
    const { strides, padding, dilationRate } = this;
    return depthwiseConv2dOp(x, this.weight("kernel"), { strides, padding, dilationRate });
  }

  protected kernelSpecs(channels: number): readonly VariableSpec[] {
    return [this.#kernel.variable("kernel", [...this.kernelSize, channels, this.depthMultiplier])];
  }

  protected outputChannels(channels: number): number {
    return channels * this.depthMultiplier;
  }

  protected override settings(): KerasConfig {
    return {
      depth_multiplier: this.depthMultiplier,
      ...super.settings(),
      ...this.#kernel.toKeras("depthwise"),
    };
  }
}

/**
 * A convolution of each channel by itself: [height, width, channels] → [rows, columns, channels · depthMultiplier], the
 * results of one channel side by side.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * depthwiseConv2d(3, { strides: 2, padding: "same" })(image)
 */
export function depthwiseConv2d(kernelSize: PairLike, options: DepthwiseConv2dLayerOptions = {}): Layer {
  return new DepthwiseConv2D(kernelSize, options);
}

export function depthwiseConv2dFromConfig(config: ConfigReader): Layer {
  return depthwiseConv2d(config.pair("kernel_size"), {
    ...convolutionOptions(config),
    ...imageWindowOptions(config),
    ...weightOptions(config, "depthwise"),
    depthMultiplier: config.optionalNumber("depth_multiplier") ?? 1,
  });
}
