import type { Node } from "../../graph/node.ts";
import { conv2dTranspose as conv2dTransposeOp } from "../../ops/conv2d/index.ts";
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { FilterConvolution, filterOptions } from "./filter-convolution.ts";
import type { FilterOptions } from "./filter-convolution.ts";
import { imageWindowOptions, imageWindows } from "./image-windows.ts";
import type { ImageWindowOptions, Pair } from "./image-windows.ts";
import type { Layer } from "./layer.ts";
import type { PairLike } from "./option-checks.ts";

export interface Conv2dTransposeLayerOptions extends FilterOptions, ImageWindowOptions {
  /**
   * Rows and columns beyond the smallest size that shrinks back to the input's; less than the strides. Unless given, or
   * null: as many as make `strides` times the input's size with padding `same`.
   */
  readonly outputPadding?: PairLike | null;
}

class Conv2DTranspose extends FilterConvolution<Pair, Padding> {
  readonly outputPadding: Pair | null;

  constructor(filters: number, kernelSize: PairLike, options: Conv2dTransposeLayerOptions) {
    super("Conv2DTranspose", filters, imageWindows("Conv2DTranspose", kernelSize, options), options);
    this.outputPadding = checkOutputPadding(options.outputPadding ?? null, this.strides);
  }

  protected convolve(x: Node): Node {
    const { strides, padding, dilationRate, outputPadding } = this;
    const options = { strides, padding, dilationRate };
    return conv2dTransposeOp(x, this.kernel, outputPadding === null ? options : { ...options, outputPadding });
  }

  // Keras's layout of transposed kernels: [kernel height, kernel width, out, in]
  protected kernelChannels(channels: number): readonly [number, number] {
    return [this.filters, channels];
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), output_padding: this.outputPadding };
  }
}

function checkOutputPadding(value: PairLike | null, strides: Pair): Pair | null {
  if (value === null) return null;
  const pair: readonly number[] = typeof value === "number" ? [value, value] : value;
  const [down, across] = pair;
  const fits = (padding: number | undefined, stride: number): padding is number =>
    padding !== undefined && Number.isInteger(padding) && padding >= 0 && padding < stride;
  if (pair.length === 2 && fits(down, strides[0]) && fits(across, strides[1])) return [down, across];
  throw new RangeError(
    `outputPadding of Conv2DTranspose must be one or two whole numbers from 0 on and less than the strides ` +
      `${JSON.stringify(strides)}; ${JSON.stringify(value)} came`,
  );
}

/**
 * A transposed convolution over images, which enlarges them by its strides:
 * [rows, columns, channels] → [rows · stride, columns · stride, filters] with padding `same`.
 *
 * @throws RangeError when an option is out of range, or strides and dilation are both above 1.
 */
export function conv2dTranspose(
  filters: number,
  kernelSize: PairLike,
  options: Conv2dTransposeLayerOptions = {},
): Layer {
  return new Conv2DTranspose(filters, kernelSize, options);
}

export function conv2dTransposeFromConfig(config: ConfigReader): Layer {
  return conv2dTranspose(config.number("filters"), config.pair("kernel_size"), {
    ...filterOptions(config),
    ...imageWindowOptions(config),
    outputPadding: config.isList("output_padding") ? config.pair("output_padding") : null,
  });
}
