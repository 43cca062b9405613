/**
 * Where the variables of each layer lie in the weights file. A layer's place is named by its class and counted among
 * its siblings, not by its own name: `layers/conv2d_1/vars/0`, and `layers/functional/layers/conv2d/vars/0` inside the
 * first nested functional model.
 *
 * Source: `_save_state` and `_save_container_state` in Keras 3, `keras/src/saving/saving_lib.py`.
 */
import { toSnakeCase } from "../../nn/names.ts";
import { layersInKerasOrder } from "./layer-order.ts";
import type { LayerDescription, ModelDescription } from "./model-description.ts";
import { isModel } from "./model-description.ts";

/** A layer that is not itself a model, and its place in the weights file. */
export interface PlacedWeights {
  readonly layer: LayerDescription;
  /** The names of the models that the layer lies in, and its own: `["encoder", "conv2d"]`. */
  readonly names: readonly string[];
  /** The variables follow as `/0`, `/1`, …: the trainable ones, then the others, each in the layer's own order. */
  readonly path: string;
}

/**
 * Every layer of a model and of the models inside it, in Keras's order, which is also the order of the optimizer's
 * variables.
 *
 * @throws KerasFileError when the model's graph does not hold together.
 */
export function placeWeights(model: ModelDescription): readonly PlacedWeights[] {
  return placeLayers(model, [], "");
}

function placeLayers(model: ModelDescription, names: readonly string[], path: string): readonly PlacedWeights[] {
  const counts = new Map<string, number>();
  return savedLayers(model).flatMap((layer) => {
    const className = toSnakeCase(layer.className);
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    const place = `${path}layers/${className}${count === 0 ? "" : `_${count}`}`;
    const ownNames = [...names, layer.name];
    return isModel(layer)
      ? placeLayers(layer, ownNames, `${place}/`)
      : [{ layer, names: ownNames, path: `${place}/vars` }];
  });
}

/** A sequential model does not count its input among its layers; a functional one does. */
function savedLayers(model: ModelDescription): readonly (LayerDescription | ModelDescription)[] {
  return model.className === "Sequential"
    ? model.layers.filter(({ className }) => className !== "InputLayer")
    : layersInKerasOrder(model).map(({ layer }) => layer);
}
