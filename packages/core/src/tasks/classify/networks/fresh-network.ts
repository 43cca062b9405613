/** A network as it was before it learned anything. */
import { cloneModel } from "../../../nn/model/clone-model.ts";
import type { Layer } from "../../../nn/layers/layer.ts";
import { layerFromConfig } from "../../../nn/layers/registry.ts";
import type { Model } from "../../../nn/model/model.ts";

/**
 * Keras's default. MobileNetV2's own 0.999 is for trainings of millions of steps: after a thousand, 37 % of the averages would still be their first
 * values, and the network would be judged by statistics that were never its own.
 */
const SLOWEST_MOMENTUM = 0.99;

/** A copy with new weights, all of which learn. Normalizations forget their first averages within the steps that few samples have. */
export function freshNetwork(model: Model): Model {
  const network = cloneModel(model, { cloneFunction: freshLayer });
  network.trainable = true;
  return network;
}

function freshLayer(layer: Layer): Layer {
  const config = layer.getConfig();
  const { momentum } = config;
  const isSlow =
    layer.className === "BatchNormalization" && typeof momentum === "number" && momentum > SLOWEST_MOMENTUM;
  return layerFromConfig(layer.className, isSlow ? { ...config, momentum: SLOWEST_MOMENTUM } : config);
}
