/** From the description of a model to the model: the inverse of `describeModel`. */
import { InputLayer } from "../../nn/layers/input-layer.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";
import { layerFromConfig } from "../../nn/layers/registry.ts";
import { Functional } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { layersInKerasOrder } from "./layer-order.ts";
import type {
  FunctionalDescription,
  LayerDescription,
  ModelDescription,
  SequentialDescription,
  TensorSource,
} from "./model-description.ts";
import { isModel } from "./model-description.ts";

/** More calls of layers than any model makes. Models that call one another twice, in a file of a few pages, make 2⁶⁴. */
const MAX_CALLS = 100_000;

/**
 * A new model as described, with first values in its variables.
 *
 * @throws KerasFileError when the description does not hold together.
 * @throws RangeError or GraphError when a layer is unknown, has settings that are not available, or does not fit the next.
 */
export function buildModel(description: ModelDescription): Model {
  const calls = callsWithin(description);
  if (calls > MAX_CALLS) {
    throw new KerasFileError(
      `the model "${description.name}" calls layers ${calls} times, with the models within it; up to ${MAX_CALLS} can be read`,
    );
  }
  return buildWithin(description);
}

/** How often layers are called when the model is called once. */
function callsWithin(description: ModelDescription): number {
  const callsOf = (layer: LayerDescription | ModelDescription): number => (isModel(layer) ? callsWithin(layer) : 1);
  const { className, layers } = description;
  return className === "Sequential"
    ? layers.reduce((sum, layer) => sum + callsOf(layer), 0)
    : layers.reduce((sum, { layer, calls }) => sum + callsOf(layer) * calls.length, 0);
}

function buildWithin(description: ModelDescription): Model {
  return description.className === "Sequential" ? buildSequential(description) : buildFunctional(description);
}

function buildLayer(description: LayerDescription | ModelDescription): Layer {
  if (isModel(description)) return buildWithin(description);
  const { className, name, config } = description;
  return layerFromConfig(className, { ...config, name });
}

function buildSequential({ name, trainable = true, layers }: SequentialDescription): Model {
  const [first] = layers;
  if (first?.className !== "InputLayer") {
    throw new KerasFileError(
      `the model "${name}" does not begin with an InputLayer, so its shapes are not known; ` +
        "call it on data once before you save it",
    );
  }
  return sequential(layers.map(buildLayer), { name, trainable });
}

function buildFunctional(description: FunctionalDescription): Model {
  // Throws where the layers form a cycle, so that the walk below ends.
  layersInKerasOrder(description);
  const layers = new Map(description.layers.map(({ layer }) => [layer.name, buildLayer(layer)]));
  const made = new Map<string, readonly SymbolicTensor[]>();

  function tensorAt({ layer: name, call, output }: TensorSource): SymbolicTensor {
    const key = `${call}/${name}`;
    const outputs = made.get(key) ?? callLayer(name, call);
    made.set(key, outputs);
    const tensor = outputs[output];
    if (tensor !== undefined) return tensor;
    throw new KerasFileError(`output ${output} of the layer "${name}" is used, and it has ${outputs.length}`);
  }

  function callLayer(name: string, call: number): readonly SymbolicTensor[] {
    const layer = layers.get(name);
    if (layer instanceof InputLayer) return [layer.output];
    const inputs = description.layers.find((placed) => placed.layer.name === name)?.calls[call];
    if (layer !== undefined && inputs !== undefined) return layer.applyTo(inputs.map(tensorAt));
    throw new KerasFileError(`the model "${description.name}" has no call ${call} of a layer "${name}"`);
  }

  const inputs = description.inputs.map(tensorAt);
  const outputs = description.outputs.map(tensorAt);
  return new Functional(inputs, outputs, { name: description.name, trainable: description.trainable ?? true });
}
