import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { conv2d } from "../../ops/conv2d/index.ts";
import { reshape } from "../../ops/shape.ts";
import type { Padding } from "../../ops/window.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { describeUnknown } from "../nearest-name.ts";
import { FilterConvolution, filterOptions } from "./filter-convolution.ts";
import type { FilterOptions } from "./filter-convolution.ts";
import { channelsPerGroup, checkGroups, groupOptions } from "./groups.ts";
import type { GroupOptions } from "./groups.ts";
import type { Layer } from "./layer.ts";
import { checkCount } from "./option-checks.ts";

/** `causal` pads the beginning only, so that no output sees a later step. */
export type SequencePadding = Padding | "causal";

type Single = readonly [number];
/** A number, also as Keras writes it: in a list of one. */
export type SingleLike = number | readonly number[];

export interface Conv1dLayerOptions extends FilterOptions, GroupOptions {
  /** 1 unless given. */
  readonly strides?: SingleLike;
  /** `valid` unless given: no padding. `same` pads as TensorFlow does. */
  readonly padding?: SequencePadding;
  /** Distance between the steps that a kernel's neighbours meet; 1 unless given. */
  readonly dilationRate?: SingleLike;
}

class Conv1D extends FilterConvolution<Single, SequencePadding> {
  readonly groups: number;

  constructor(filters: number, kernelSize: SingleLike, options: Conv1dLayerOptions) {
    const windows = {
      kernelSize: toSingle("kernelSize", kernelSize),
      strides: toSingle("strides", options.strides ?? 1),
      padding: checkSequencePadding(options.padding ?? "valid"),
      dilationRate: toSingle("dilationRate", options.dilationRate ?? 1),
    };
    super("Conv1D", filters, windows, options);
    this.groups = checkGroups("Conv1D", options.groups ?? 1, filters);
  }

  // A convolution over an image of one row: [steps, channels] → [1, steps, channels] → [1, windows, filters] → [windows, filters]
  protected convolve(x: Node): Node {
    const [stride] = this.strides;
    const [dilation] = this.dilationRate;
    const row = conv2d(withRow(x), withRow(this.kernel), {
      strides: [1, stride],
      padding: this.padding === "causal" ? this.#causal(x.type.shape) : this.padding,
      dilationRate: [1, dilation],
      groups: this.groups,
    });
    return reshape(row, row.type.shape.slice(1));
  }

  /** The last element of the first window meets the first step; as many windows as with padding `same`. */
  #causal([steps]: Shape): { y: { before: 0; out: 1 }; x: { before: number; out: number } } {
    const before = this.dilationRate[0] * (this.kernelSize[0] - 1);
    return { y: { before: 0, out: 1 }, x: { before, out: Math.ceil((steps as number) / this.strides[0]) } };
  }

  protected kernelChannels(channels: number): readonly [number, number] {
    return [channelsPerGroup(channels, this.groups), this.filters];
  }

  protected override settings(): KerasConfig {
    return { ...super.settings(), groups: this.groups };
  }
}

function withRow(x: Node): Node {
  return reshape(x, [1, ...x.type.shape]);
}

function toSingle(option: string, value: SingleLike): Single {
  const [first, ...others] = [value].flat();
  if (first !== undefined && others.length === 0) return [checkCount("Conv1D", option, first)];
  throw new RangeError(`${option} of Conv1D must be one whole number from 1 on; ${JSON.stringify(value)} came`);
}

function checkSequencePadding(value: string): SequencePadding {
  const known: readonly SequencePadding[] = ["same", "valid", "causal"];
  const found = known.find((padding) => padding === value);
  if (found !== undefined) return found;
  throw new RangeError(`unknown padding of Conv1D ${describeUnknown(value, known)}`);
}

/**
 * A convolution over sequences: [steps, channels] → [windows, filters].
 *
 * @throws RangeError when an option is out of range, or strides and dilation are both above 1.
 *
 * @example
 * conv1d(16, 5, { padding: "causal", dilationRate: 2 })(series)
 */
export function conv1d(filters: number, kernelSize: SingleLike, options: Conv1dLayerOptions = {}): Layer {
  return new Conv1D(filters, kernelSize, options);
}

export function conv1dFromConfig(config: ConfigReader): Layer {
  return conv1d(config.number("filters"), config.numbers("kernel_size"), {
    ...filterOptions(config),
    ...groupOptions(config),
    strides: config.numbers("strides"),
    padding: checkSequencePadding(config.string("padding", "valid")),
    ...(config.isList("dilation_rate") ? { dilationRate: config.numbers("dilation_rate") } : {}),
  });
}
