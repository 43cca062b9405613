/** What all convolutional layers have in common: where windows lie, the bias and the activation. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { add } from "../../ops/elementwise.ts";
import { getActivation } from "../activations/registry.ts";
import type { Activation, ActivationLike } from "../activations/registry.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkOnly } from "./option-checks.ts";
import { biasOptions, WeightSettings } from "./weight-settings.ts";
import type { BiasOptions } from "./weight-settings.ts";

/** The bias begins as `zeros` unless given. */
export interface ConvolutionOptions extends LayerOptions, BiasOptions {
  /** None unless given. */
  readonly activation?: ActivationLike;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
}

/** Where the windows of a kernel lie: one number for each axis. */
export interface Windows<Size extends readonly number[], Padding extends string> {
  readonly kernelSize: Size;
  readonly strides: Size;
  readonly padding: Padding;
  /** Distance between the elements that a kernel's neighbours meet. */
  readonly dilationRate: Size;
}

export abstract class Convolution<Size extends readonly number[], Padding extends string> extends Layer {
  readonly kernelSize: Size;
  readonly strides: Size;
  readonly padding: Padding;
  readonly dilationRate: Size;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #bias: WeightSettings;

  constructor(className: string, windows: Windows<Size, Padding>, options: ConvolutionOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", options.dataFormat, "channels_last");
    this.kernelSize = windows.kernelSize;
    this.strides = windows.strides;
    this.padding = windows.padding;
    this.dilationRate = windows.dilationRate;
    this.activation = getActivation(options.activation);
    this.useBias = options.useBias ?? true;
    this.#bias = WeightSettings.ofBias(options);
  }

  // activation(convolution + bias): [...size, channels] → [...windows, filters]
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const result = this.convolve(x);
    return [this.activation.apply(this.useBias ? add(result, this.weight("bias")) : result)];
  }

  /** The convolution without bias and activation. */
  protected abstract convolve(x: Node): Node;

  /** The kernels for an input of so many channels. */
  protected abstract kernelSpecs(channels: number): readonly VariableSpec[];

  /** Channels of the output for an input of so many. */
  protected abstract outputChannels(channels: number): number;

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const rank = this.kernelSize.length;
    const channels = inputShape[rank];
    if (channels === undefined || inputShape.length !== rank + 1) {
      const expected = rank === 1 ? "sequences [steps, channels]" : "images [height, width, channels]";
      throw new GraphError(`it needs ${expected}, not ${formatShape(inputShape)}`);
    }
    const kernels = this.kernelSpecs(channels);
    return this.useBias ? [...kernels, this.#bias.variable("bias", [this.outputChannels(channels)])] : kernels;
  }

  protected settings(): KerasConfig {
    return {
      kernel_size: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      data_format: "channels_last",
      dilation_rate: this.dilationRate,
      activation: this.activation.name,
      use_bias: this.useBias,
      ...this.#bias.toKeras("bias"),
      activity_regularizer: null,
    };
  }
}

/** @throws RangeError when both strides and dilation are above 1, which Keras has for depthwise convolutions only. */
export function checkStridesOrDilation(
  className: string,
  { strides, dilationRate }: Windows<readonly number[], string>,
): void {
  if (Math.max(...strides) === 1 || Math.max(...dilationRate) === 1) return;
  throw new RangeError(
    `${className} cannot have strides and a dilationRate above 1 at once; strides ${JSON.stringify(strides)} and ` +
      `dilationRate ${JSON.stringify(dilationRate)} came`,
  );
}

/** The options that Keras wrote into a model file, but for where windows lie. */
export function convolutionOptions(config: ConfigReader): ConvolutionOptions {
  config.requireOnly({ data_format: "channels_last" });
  return {
    ...config.layerOptions(),
    ...biasOptions(config),
    activation: config.activation(),
  };
}
