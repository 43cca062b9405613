/**
 * `config.json`: a model and how it was compiled, as Keras 3 writes them. The settings of a layer are the layer's own
 * business; what stands around them is here.
 *
 * Source: `get_config` in Keras 3, `keras/src/models/functional.py` and `sequential.py`.
 */
import { kerasObject } from "../../nn/keras-object.ts";
import type { JsonValue, KerasConfig, KerasObject } from "../../nn/keras-object.ts";
import type { CompileDescription } from "./compile-config.ts";
import { compileConfig } from "./compile-config.ts";
import type {
  FunctionalDescription,
  InputTensor,
  LayerDescription,
  ModelDescription,
  PlacedLayer,
  SequentialDescription,
  TensorSource,
} from "./model-description.ts";
import { isModel } from "./model-description.ts";
import { forOlderVersions } from "./older-versions.ts";

/** The JSON of a model, and of how it was compiled when that is given. */
export function modelConfig(model: ModelDescription, compiled?: CompileDescription): KerasObject {
  const config = describe(model);
  return compiled === undefined ? config : { ...config, compile_config: compileConfig(compiled) };
}

function describe(layer: LayerDescription | ModelDescription): KerasObject {
  if (!isModel(layer)) {
    const config = { ...forOlderVersions(layer.config), name: layer.name };
    return kerasObject("keras.layers", layer.className, config);
  }
  return layer.className === "Sequential" ? sequentialConfig(layer) : functionalConfig(layer);
}

function sequentialConfig({ name, trainable = true, layers }: SequentialDescription): KerasObject {
  return kerasObject("keras", "Sequential", { name, trainable, layers: layers.map(describe) });
}

function functionalConfig(model: FunctionalDescription): KerasObject {
  const { name, trainable = true, layers, inputs, outputs } = model;
  const models = new Set(layers.filter(({ layer }) => layer.className === "Functional").map(({ layer }) => layer.name));
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: {
      name,
      trainable,
      layers: layers.map(placedLayerConfig),
      input_layers: ends(inputs, models),
      output_layers: ends(outputs, models),
    },
    registered_name: "Functional",
  };
}

function placedLayerConfig({ layer, calls }: PlacedLayer): KerasConfig {
  const kwargs = isModel(layer) ? { mask: null } : {};
  return {
    ...describe(layer),
    name: layer.name,
    inbound_nodes: calls.map((inputs) => {
      const tensors = inputs.map(tensorConfig);
      return { args: tensors.length === 1 ? tensors : [tensors], kwargs };
    }),
  };
}

function tensorConfig({ layer, call, output, shape }: InputTensor): KerasConfig {
  return {
    class_name: "__keras_tensor__",
    config: { shape: [null, ...shape], dtype: "float32", keras_history: [layer, call, output] },
  };
}

/**
 * A model's own inputs or outputs: the tensor itself where there is one, otherwise a list. Here, and only here, Keras
 * counts the calls of a functional model from 1, because such a model begins with a call of its own.
 */
function ends(sources: readonly TensorSource[], models: ReadonlySet<string>): JsonValue {
  const written = sources.map(({ layer, call, output }) => [layer, models.has(layer) ? call + 1 : call, output]);
  const [only] = written;
  return only !== undefined && written.length === 1 ? only : written;
}
