import type { Node } from "../../graph/node.ts";
import { conv2d as conv2dOp } from "../../ops/conv2d/index.ts";
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { FilterConvolution, filterOptions } from "./filter-convolution.ts";
import type { FilterOptions } from "./filter-convolution.ts";
import { channelsPerGroup, checkGroups, groupOptions } from "./groups.ts";
import type { GroupOptions } from "./groups.ts";
import { imageWindowOptions, imageWindows } from "./image-windows.ts";
import type { ImageWindowOptions, Pair } from "./image-windows.ts";
import type { Layer } from "./layer.ts";
import type { PairLike } from "./option-checks.ts";

export interface Conv2dLayerOptions extends FilterOptions, ImageWindowOptions, GroupOptions {}

class Conv2D extends FilterConvolution<Pair, Padding> {
  readonly groups: number;

  constructor(filters: number, kernelSize: PairLike, options: Conv2dLayerOptions) {
    super("Conv2D", filters, imageWindows("Conv2D", kernelSize, options), options);
    this.groups = checkGroups("Conv2D", options.groups ?? 1, filters);
  }

  protected convolve(x: Node): Node {
    const { strides, padding, dilationRate, groups } = this;
    return conv2dOp(x, this.kernel, { strides, padding, dilationRate, groups });
  }

  protected kernelChannels(channels: number): readonly [number, number] {
    return [channelsPerGroup(channels, this.groups), this.filters];
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), groups: this.groups };
  }
}

/**
 * A convolution over images: [height, width, channels] → [rows, columns, filters].
 *
 * @throws RangeError when an option is out of range, or strides and dilation are both above 1.
 *
 * @example
 * conv2d(32, 3, { activation: "relu", padding: "same" })(image)
 */
export function conv2d(filters: number, kernelSize: PairLike, options: Conv2dLayerOptions = {}): Layer {
  return new Conv2D(filters, kernelSize, options);
}

export function conv2dFromConfig(config: ConfigReader): Layer {
  return conv2d(config.number("filters"), config.pair("kernel_size"), {
    ...filterOptions(config),
    ...imageWindowOptions(config),
    ...groupOptions(config),
  });
}
