import type { Node } from "../../graph/node.ts";
import { conv2d as conv2dOp } from "../../ops/conv2d/index.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Convolution, convolutionOptions } from "./convolution.ts";
import type { ConvolutionOptions } from "./convolution.ts";
import type { Layer } from "./layer.ts";
import { checkOnly } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface Conv2dLayerOptions extends ConvolutionOptions {
  /** Only 1 so far. */
  readonly groups?: 1;
}

class Conv2D extends Convolution {
  constructor(filters: number, kernelSize: PairLike, options: Conv2dLayerOptions) {
    super("Conv2D", filters, kernelSize, options);
    checkOnly("Conv2D", "groups", options.groups, 1);
  }

  protected convolve(x: Node, kernel: Node): Node {
    return conv2dOp(x, kernel, { strides: this.strides, padding: this.padding });
  }

  protected kernelChannels(channels: number): readonly [number, number] {
    return [channels, this.filters];
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), groups: 1 };
  }
}

/**
 * A convolution over images: [height, width, channels] → [rows, columns, filters].
 *
 * @example
 * conv2d(32, 3, { activation: "relu", padding: "same" })(image)
 */
export function conv2d(filters: number, kernelSize: PairLike, options: Conv2dLayerOptions = {}): Layer {
  return new Conv2D(filters, kernelSize, options);
}

export function conv2dFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ groups: 1 });
  return conv2d(config.number("filters"), config.pair("kernel_size"), convolutionOptions(config));
}
