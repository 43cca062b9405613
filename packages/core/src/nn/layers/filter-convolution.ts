/** What convolutional layers with a single kernel of many filters have in common. */
import type { Node } from "../../graph/node.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { checkStridesOrDilation, Convolution, convolutionOptions } from "./convolution.ts";
import type { ConvolutionOptions, Windows } from "./convolution.ts";
import { checkCount } from "./option-checks.ts";
import { weightOptions, WeightSettings } from "./weight-settings.ts";
import type { WeightOptions } from "./weight-settings.ts";

/** The kernel begins as `glorotUniform` unless given. */
export interface FilterOptions extends ConvolutionOptions, WeightOptions<"kernel"> {}

export abstract class FilterConvolution<Size extends readonly number[], Padding extends string> extends Convolution<
  Size,
  Padding
> {
  readonly filters: number;
  readonly #kernel: WeightSettings;

  constructor(className: string, filters: number, windows: Windows<Size, Padding>, options: FilterOptions) {
    super(className, windows, options);
    checkStridesOrDilation(className, windows);
    this.filters = checkCount(className, "filters", filters);
    this.#kernel = WeightSettings.ofKernel(options);
  }

  protected get kernel(): Node {
    return this.weight("kernel");
  }

  /** The two last axes of the kernel, for an input of so many channels. */
  protected abstract kernelChannels(channels: number): readonly [number, number];

  protected override kernelSpecs(channels: number): readonly VariableSpec[] {
    return [this.#kernel.variable("kernel", [...this.kernelSize, ...this.kernelChannels(channels)])];
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override settings(): KerasConfig {
    return { filters: this.filters, ...super.settings(), ...this.#kernel.toKeras("kernel") };
  }
}

/** The options that Keras wrote into a model file, but for where windows lie. */
export function filterOptions(config: ConfigReader): FilterOptions {
  return { ...convolutionOptions(config), ...weightOptions(config, "kernel") };
}
