/** What layers of two-dimensional convolution have in common: options, variables but for the kernel's shape, and configuration. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { add } from "../../ops/elementwise.ts";
import type { Padding } from "../../ops/window.ts";
import { getActivation } from "../activations/registry.ts";
import type { Activation, ActivationLike } from "../activations/registry.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { getInitializer, initializerToKeras } from "../initializers/registry.ts";
import type { InitializerLike } from "../initializers/registry.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount, checkOnly, checkPadding, toPair } from "./option-checks.ts";
import type { PairLike } from "./option-checks.ts";

export interface ConvolutionOptions extends LayerOptions {
  /** 1 unless given. */
  readonly strides?: PairLike;
  /** `valid` unless given: no padding. `same` pads as TensorFlow does. */
  readonly padding?: Padding;
  /** None unless given. */
  readonly activation?: ActivationLike;
  /** Whether to add a bias; true unless given. */
  readonly useBias?: boolean;
  /** `glorotUniform` unless given. */
  readonly kernelInitializer?: InitializerLike;
  /** `zeros` unless given. */
  readonly biasInitializer?: InitializerLike;
  /** Only `channels_last` so far. */
  readonly dataFormat?: "channels_last";
  /** Only 1 so far. */
  readonly dilationRate?: 1;
}

export abstract class Convolution extends Layer {
  readonly filters: number;
  readonly kernelSize: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;

  constructor(className: string, filters: number, kernelSize: PairLike, options: ConvolutionOptions) {
    super(className, options);
    checkOnly(className, "dataFormat", options.dataFormat, "channels_last");
    checkOnly(className, "dilationRate", options.dilationRate, 1);
    this.filters = checkCount(className, "filters", filters);
    this.kernelSize = toPair(className, "kernelSize", kernelSize);
    this.strides = toPair(className, "strides", options.strides ?? 1);
    this.padding = checkPadding(className, options.padding ?? "valid");
    this.activation = getActivation(options.activation);
    this.useBias = options.useBias ?? true;
    this.#kernelInitializer = getInitializer(options.kernelInitializer ?? "glorotUniform");
    this.#biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
  }

  // activation(convolution + bias): [height, width, channels] → [rows, columns, filters]
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const result = this.convolve(x, this.weight("kernel"));
    return [this.activation.apply(this.useBias ? add(result, this.weight("bias")) : result)];
  }

  protected abstract convolve(x: Node, kernel: Node): Node;

  /** The two last axes of the kernel, for images of so many channels. */
  protected abstract kernelChannels(channels: number): readonly [number, number];

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const channels = inputShape[2];
    if (channels === undefined || inputShape.length !== 3) {
      throw new GraphError(`it needs images [height, width, channels], not ${formatShape(inputShape)}`);
    }
    const shape = [...this.kernelSize, ...this.kernelChannels(channels)];
    const kernel = { name: "kernel", shape, initializer: this.#kernelInitializer };
    const bias = { name: "bias", shape: [this.filters], initializer: this.#biasInitializer };
    return this.useBias ? [kernel, bias] : [kernel];
  }

  protected settings(): KerasConfig {
    return {
      filters: this.filters,
      kernel_size: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      data_format: "channels_last",
      dilation_rate: [1, 1],
      activation: this.activation.name,
      use_bias: this.useBias,
      kernel_initializer: initializerToKeras(this.#kernelInitializer),
      bias_initializer: initializerToKeras(this.#biasInitializer),
      kernel_regularizer: null,
      bias_regularizer: null,
      activity_regularizer: null,
      kernel_constraint: null,
      bias_constraint: null,
    };
  }
}

/** The options that Keras wrote into a model file. */
export function convolutionOptions(config: ConfigReader): ConvolutionOptions {
  config.requireOnly({
    data_format: "channels_last",
    dilation_rate: [1, 1],
    kernel_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    bias_constraint: null,
  });
  return {
    ...config.layerOptions(),
    strides: config.pair("strides"),
    padding: checkPadding(config.className, config.string("padding", "valid")),
    activation: config.activation(),
    useBias: config.boolean("use_bias", true),
    kernelInitializer: config.initializer("kernel_initializer"),
    biasInitializer: config.initializer("bias_initializer"),
  };
}
