/** From a model to its description, and to the layers that the description names. */
import { InputLayer } from "../../nn/layers/input-layer.ts";
import type { Layer, LayerCall, SymbolicTensor } from "../../nn/layers/layer.ts";
import { Functional } from "../../nn/model/functional.ts";
import { Model } from "../../nn/model/model.ts";
import { Sequential } from "../../nn/model/sequential.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type {
  FunctionalDescription,
  LayerDescription,
  ModelDescription,
  SequentialDescription,
  TensorSource,
} from "./model-description.ts";

/**
 * The model as plain data.
 *
 * @throws KerasFileError when a layer lies in two of its models: a file would hold it twice.
 */
export function describeModel(model: Model): ModelDescription {
  checkNoneShared(model);
  return describe(model);
}

/**
 * The layer that lies at the end of a way through models within models, such as `["encoder", "conv2d"]`.
 *
 * @throws KerasFileError when there is none.
 */
export function layerAt(model: Model, names: readonly string[]): Layer {
  const [name, ...rest] = names;
  const layer = model.layers.find((candidate) => candidate.name === name);
  if (layer === undefined) throw new KerasFileError(`the model "${model.name}" has no layer "${name ?? ""}"`);
  return rest.length > 0 && layer instanceof Model ? layerAt(layer, rest) : layer;
}

function describe(model: Model): ModelDescription {
  if (model instanceof Sequential) return describeSequential(model);
  if (model instanceof Functional) return describeFunctional(model);
  throw new KerasFileError(`${model.describe()} is neither functional nor sequential and cannot be written`);
}

function describeLayer(layer: Layer): LayerDescription | ModelDescription {
  if (layer instanceof Model) return describe(layer);
  return { className: layer.className, name: layer.name, config: layer.getConfig() };
}

function describeSequential(model: Sequential): SequentialDescription {
  const start = model.inputs.map(({ layer }) => layer);
  return {
    className: "Sequential",
    name: model.name,
    trainable: model.trainable,
    layers: [...start, ...model.layers].map(describeLayer),
  };
}

function describeFunctional(model: Functional): FunctionalDescription {
  const callsOf = (layer: Layer): readonly LayerCall[] => model.innerCalls.filter((call) => call.layer === layer);
  // A layer may be called outside of this model, too; here only the calls within it count.
  const sourceOf = (tensor: SymbolicTensor): TensorSource => ({
    layer: tensor.layer.name,
    call: Math.max(
      0,
      callsOf(tensor.layer).findIndex((call) => call.outputs.includes(tensor)),
    ),
    output: tensor.outputIndex,
  });
  return {
    className: "Functional",
    name: model.name,
    trainable: model.trainable,
    layers: model.layers.map((layer) => ({
      layer: describeLayer(layer),
      calls: callsOf(layer).map(({ inputs }) => inputs.map((tensor) => ({ ...sourceOf(tensor), shape: tensor.shape }))),
    })),
    inputs: model.inputs.map(sourceOf),
    outputs: model.outputs.map(sourceOf),
  };
}

function checkNoneShared(model: Model): void {
  const owners = new Map<Layer, Model>();
  const visit = (owner: Model): void => {
    for (const layer of owner.layers) {
      // A model and the first one within it may begin with the same input, which holds nothing.
      if (layer instanceof InputLayer) continue;
      const other = owners.get(layer);
      if (other !== undefined) {
        throw new KerasFileError(
          `${layer.describe()} lies in "${other.name}" and in "${owner.name}"; a layer that two models share cannot be ` +
            "written. Write the models into files of their own",
        );
      }
      owners.set(layer, owner);
      if (layer instanceof Model) visit(layer);
    }
  };
  visit(model);
}
