import type { Node } from "../../graph/node.ts";
import { getActivation } from "../activations/registry.ts";
import type { Activation, ActivationLike } from "../activations/registry.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { ConfigReader } from "../config-reader.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext } from "./layer.ts";

class ActivationLayer extends Layer {
  readonly activation: Activation;

  constructor(activation: ActivationLike, options: LayerOptions) {
    super("Activation", options);
    this.activation = getActivation(activation);
  }

  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [this.activation.apply(x)];
  }

  protected settings(): KerasConfig {
    return { activation: this.activation.name };
  }
}

/** An activation as a layer of its own, such as `activation("tanh")`. */
export function activation(name: ActivationLike, options: LayerOptions = {}): Layer {
  return new ActivationLayer(name, options);
}

export function activationFromConfig(config: ConfigReader): Layer {
  return activation(config.activation(), config.layerOptions());
}
