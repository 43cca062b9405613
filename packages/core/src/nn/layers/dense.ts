import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense as denseOp } from "../../ops/dense.ts";
import { add } from "../../ops/elementwise.ts";
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
import { checkCount } from "./option-checks.ts";

export interface DenseOptions extends LayerOptions {
  /** None unless given. */
  readonly activation?: ActivationLike;
  /** Whether to add a bias; true unless given. */
  readonly useBias?: boolean;
  /** `glorotUniform` unless given. */
  readonly kernelInitializer?: InitializerLike;
  /** `zeros` unless given. */
  readonly biasInitializer?: InitializerLike;
}

class Dense extends Layer {
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;

  constructor(units: number, options: DenseOptions) {
    super("Dense", options);
    this.units = checkCount("Dense", "units", units);
    this.activation = getActivation(options.activation);
    this.useBias = options.useBias ?? true;
    this.#kernelInitializer = getInitializer(options.kernelInitializer ?? "glorotUniform");
    this.#biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
  }

  // activation(x · kernel + bias): [..., in] → [..., units]
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    const product = denseOp(x, this.weight("kernel"));
    return [this.activation.apply(this.useBias ? add(product, this.weight("bias")) : product)];
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const features = inputShape.at(-1);
    if (features === undefined)
      throw new GraphError("it needs an axis of features; flatten or reshape the input first");
    const kernel = { name: "kernel", shape: [features, this.units], initializer: this.#kernelInitializer };
    const bias = { name: "bias", shape: [this.units], initializer: this.#biasInitializer };
    return this.useBias ? [kernel, bias] : [kernel];
  }

  protected settings(): KerasConfig {
    return {
      units: this.units,
      activation: this.activation.name,
      use_bias: this.useBias,
      kernel_initializer: initializerToKeras(this.#kernelInitializer),
      bias_initializer: initializerToKeras(this.#biasInitializer),
      kernel_regularizer: null,
      bias_regularizer: null,
      kernel_constraint: null,
      bias_constraint: null,
    };
  }
}

/** A fully connected layer along the last axis: [..., features] → [..., units]. */
export function dense(units: number, options: DenseOptions = {}): Layer {
  return new Dense(units, options);
}

export function denseFromConfig(config: ConfigReader): Layer {
  config.requireOnly({
    kernel_regularizer: null,
    bias_regularizer: null,
    kernel_constraint: null,
    bias_constraint: null,
    activity_regularizer: null,
    lora_rank: null,
    quantization_config: null,
  });
  return dense(config.number("units"), {
    ...config.layerOptions(),
    activation: config.activation(),
    useBias: config.boolean("use_bias", true),
    kernelInitializer: config.initializer("kernel_initializer"),
    biasInitializer: config.initializer("bias_initializer"),
  });
}
