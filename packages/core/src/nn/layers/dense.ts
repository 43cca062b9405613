import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense as denseOp } from "../../ops/dense.ts";
import { add } from "../../ops/elementwise.ts";
import { getActivation } from "../activations/registry.ts";
import type { Activation, ActivationLike } from "../activations/registry.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";
import { checkCount } from "./option-checks.ts";
import { biasOptions, weightOptions, WeightSettings } from "./weight-settings.ts";
import type { BiasOptions, WeightOptions } from "./weight-settings.ts";

/** The kernel begins as `glorotUniform` unless given. */
export interface DenseOptions extends LayerOptions, WeightOptions<"kernel">, BiasOptions {
  /** None unless given. */
  readonly activation?: ActivationLike;
}

class Dense extends Layer {
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #kernel: WeightSettings;
  readonly #bias: WeightSettings;

  constructor(units: number, options: DenseOptions) {
    super("Dense", options);
    this.units = checkCount("Dense", "units", units);
    this.activation = getActivation(options.activation);
    this.useBias = options.useBias ?? true;
    this.#kernel = WeightSettings.ofKernel(options);
    this.#bias = WeightSettings.ofBias(options);
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
    const kernel = this.#kernel.variable("kernel", [features, this.units]);
    return this.useBias ? [kernel, this.#bias.variable("bias", [this.units])] : [kernel];
  }

  protected settings(): KerasConfig {
    return {
      units: this.units,
      activation: this.activation.name,
      use_bias: this.useBias,
      ...this.#kernel.toKeras("kernel"),
      ...this.#bias.toKeras("bias"),
    };
  }
}

/** A fully connected layer along the last axis: [..., features] → [..., units]. */
export function dense(units: number, options: DenseOptions = {}): Layer {
  return new Dense(units, options);
}

export function denseFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ lora_rank: null, quantization_config: null });
  return dense(config.number("units"), {
    ...config.layerOptions(),
    ...weightOptions(config, "kernel"),
    ...biasOptions(config),
    activation: config.activation(),
  });
}
