import type { Node } from "../../graph/node.ts";
import { conv2dTranspose as conv2dTransposeOp } from "../../ops/conv2d/index.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Convolution, convolutionOptions } from "./convolution.ts";
import type { ConvolutionOptions } from "./convolution.ts";
import type { Layer } from "./layer.ts";
import { checkOnly } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface Conv2dTransposeLayerOptions extends ConvolutionOptions {
  /** Cannot be chosen so far: the result has the size that Keras gives it without. */
  readonly outputPadding?: null;
}

class Conv2DTranspose extends Convolution {
  constructor(filters: number, kernelSize: PairLike, options: Conv2dTransposeLayerOptions) {
    super("Conv2DTranspose", filters, kernelSize, options);
    checkOnly("Conv2DTranspose", "outputPadding", options.outputPadding, null);
  }

  protected convolve(x: Node, kernel: Node): Node {
    return conv2dTransposeOp(x, kernel, { strides: this.strides, padding: this.padding });
  }

  // Keras's layout of transposed kernels: [kernel height, kernel width, out, in]
  protected kernelChannels(channels: number): readonly [number, number] {
    return [this.filters, channels];
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), output_padding: null };
  }
}

/**
 * A transposed convolution over images, which enlarges them by its strides:
 * [rows, columns, channels] → [rows · stride, columns · stride, filters] with padding `same`.
 */
export function conv2dTranspose(
  filters: number,
  kernelSize: PairLike,
  options: Conv2dTransposeLayerOptions = {},
): Layer {
  return new Conv2DTranspose(filters, kernelSize, options);
}

export function conv2dTransposeFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ output_padding: null });
  return conv2dTranspose(config.number("filters"), config.pair("kernel_size"), convolutionOptions(config));
}
