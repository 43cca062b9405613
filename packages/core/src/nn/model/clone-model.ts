/** Models once more, with weights of their own. */
import { InputLayer } from "../layers/input-layer.ts";
import type { Layer, SymbolicTensor } from "../layers/layer.ts";
import { layerFromConfig } from "../layers/registry.ts";
import { Functional } from "./functional.ts";
import type { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";

export interface CloneModelOptions {
  /**
   * Makes the copy of each layer that is neither an input nor a model: of the same settings unless given. May return the layer
   * itself, which both models then share, or another layer in its place.
   */
  readonly cloneFunction?: (layer: Layer) => Layer;
}

/**
 * A model of the same layers with the same names, but new weights with first values of their own, as Keras's `clone_model`. Models
 * within are cloned, too; layers that several of them share are shared in the clone. The clone is not compiled.
 *
 * @throws RangeError when a layer's class is not one of Sandglass's; give a cloneFunction for it.
 * @example
 * const teacher = cloneModel(student);
 * teacher.setWeights(student.getWeights());
 */
export function cloneModel(model: Model, { cloneFunction = cloneLayer }: CloneModelOptions = {}): Model {
  const copies = new Map<Layer, Layer>();
  const copyOf = (layer: Layer): Layer => {
    let copy = copies.get(layer);
    if (copy === undefined) {
      copy = copyLayer(layer, copyOf, cloneFunction);
      copies.set(layer, copy);
    }
    return copy;
  };
  return copyOf(model) as Model;
}

function copyLayer(layer: Layer, copyOf: (layer: Layer) => Layer, cloneFunction: (layer: Layer) => Layer): Layer {
  if (layer instanceof Sequential) return copySequential(layer, copyOf);
  if (layer instanceof Functional) return copyFunctional(layer, copyOf);
  return layer instanceof InputLayer ? cloneLayer(layer) : cloneFunction(layer);
}

function copySequential(model: Sequential, copyOf: (layer: Layer) => Layer): Sequential {
  const { name, trainable } = model;
  const start = model.built ? model.inputs.map(({ layer }) => copyOf(layer)) : [];
  return new Sequential([...start, ...model.layers.map(copyOf)], { name, trainable });
}

function copyFunctional(model: Functional, copyOf: (layer: Layer) => Layer): Functional {
  const { name, trainable } = model;
  const tensors = new Map<SymbolicTensor, SymbolicTensor>();
  const copyOfTensor = (tensor: SymbolicTensor): SymbolicTensor => tensors.get(tensor) as SymbolicTensor;
  for (const tensor of model.inputs) tensors.set(tensor, copyOf(tensor.layer).output);
  for (const { layer, inputs, outputs } of model.innerCalls) {
    const made = copyOf(layer).applyTo(inputs.map(copyOfTensor));
    for (const [index, output] of outputs.entries()) tensors.set(output, made[index] as SymbolicTensor);
  }
  return new Functional(model.inputs.map(copyOfTensor), model.outputs.map(copyOfTensor), { name, trainable });
}

function cloneLayer(layer: Layer): Layer {
  return layerFromConfig(layer.className, layer.getConfig());
}
