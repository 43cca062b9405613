/** Where the windows of two-dimensional convolutions lie. */
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { Windows } from "./convolution.ts";
import { checkPadding, toPair } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export type Pair = readonly [height: number, width: number];

export interface ImageWindowOptions {
  /** 1 unless given. */
  readonly strides?: PairLike;
  /** `valid` unless given: no padding. `same` pads as TensorFlow does. */
  readonly padding?: Padding;
  /** Distance between the pixels that a kernel's neighbours meet; 1 unless given. */
  readonly dilationRate?: PairLike;
}

export type ImageWindows = Windows<Pair, Padding>;

/** The options with Keras's defaults, checked. */
export function imageWindows(className: string, kernelSize: PairLike, options: ImageWindowOptions): ImageWindows {
  return {
    kernelSize: toPair(className, "kernelSize", kernelSize),
    strides: toPair(className, "strides", options.strides ?? 1),
    padding: checkPadding(className, options.padding ?? "valid"),
    dilationRate: toPair(className, "dilationRate", options.dilationRate ?? 1),
  };
}

/** The options that Keras wrote into a model file. */
export function imageWindowOptions(config: ConfigReader): ImageWindowOptions {
  return {
    strides: config.pair("strides"),
    padding: checkPadding(config.className, config.string("padding", "valid")),
    ...(config.isList("dilation_rate") ? { dilationRate: config.pair("dilation_rate") } : {}),
  };
}
