/** A whole model, or its weights, as an older `.h5` file. */
import type { JsonValue, KerasConfig } from "../../../nn/keras-object.ts";
import type { Model } from "../../../nn/model/model.ts";
import { writeHdf5 } from "../../hdf5/index.ts";
import type { WrittenAttribute } from "../../hdf5/index.ts";
import { UniqueNames } from "../../../nn/unique-names.ts";
import type { CompileDescription } from "../compile-config.ts";
import { asKerasFileError } from "../hdf5-weights.ts";
import { KERAS_VERSION } from "../keras-file.ts";
import { weightData } from "../layer-weights.ts";
import { modelConfig } from "../model-config.ts";
import type { ModelDescription } from "../model-description.ts";
import type { WeightArray } from "../weight-array.ts";
import { kerasJson } from "../keras-json.ts";
import { legacyVariables } from "./assign-weights.ts";
import { trainingConfig } from "./training-config.ts";
import type { LayerGroup } from "./weight-groups.ts";
import { writtenLayerGroups, writtenNamedArrays } from "./weight-groups.ts";

const WEIGHTS_GROUP = "model_weights";
const STATE_GROUP = "optimizer_weights";

/** What a file holds of a model beside its weights. */
export interface LegacyContent {
  readonly description: ModelDescription;
  readonly compiled: CompileDescription | undefined;
  /** The optimizer's arrays, in Keras's order. */
  readonly state: readonly WeightArray[];
}

export async function writeLegacyModel(
  model: Model,
  { description, compiled, state }: LegacyContent,
): Promise<Uint8Array> {
  const weights = writtenLayerGroups(WEIGHTS_GROUP, layerGroups(model));
  const kept = state.map((array, index) => ({ ...array, path: `state/${index}` }));
  const optimizer = writtenNamedArrays(STATE_GROUP, kept);
  const texts: [string, JsonValue][] = [["model_config", legacyConfig(modelConfig(description))]];
  if (compiled !== undefined) texts.push(["training_config", trainingConfig(compiled)]);
  return writeFile(
    [...weights.arrays, ...(state.length > 0 ? optimizer.arrays : [])],
    [
      ...versionAttributes(""),
      ...texts.map(([name, value]): WrittenAttribute => ({ path: "", name, value: kerasJson(value) })),
      ...versionAttributes(WEIGHTS_GROUP),
      ...weights.attributes,
      ...(state.length > 0 ? optimizer.attributes : []),
    ],
  );
}

/** The weights alone. */
export async function writeLegacyWeights(model: Model): Promise<Uint8Array> {
  const { arrays, attributes } = writtenLayerGroups("", layerGroups(model));
  return writeFile(arrays, [...versionAttributes(""), ...attributes]);
}

function writeFile(...content: Parameters<typeof writeHdf5>): Promise<Uint8Array> {
  return asKerasFileError(() => writeHdf5(...content), "the model cannot be written");
}

function versionAttributes(path: string): WrittenAttribute[] {
  return [
    { path, name: "keras_version", value: KERAS_VERSION },
    { path, name: "backend", value: "tensorflow" },
  ];
}

/** Layers of models within may have the same names; their arrays are then numbered. */
function layerGroups(model: Model): readonly LayerGroup[] {
  return model.layers.map((layer) => {
    const names = new UniqueNames();
    const arrays = legacyVariables(layer).map((variable) => ({
      path: names.take(variable.path),
      shape: variable.shape,
      data: weightData(variable),
    }));
    return { name: layer.name, arrays };
  });
}

/** Older readers find layers by their class alone. Objects in settings keep their modules, as Keras 3 writes them. */
function legacyConfig({ class_name: className, config, name, inbound_nodes: calls }: KerasConfig): KerasConfig {
  const settings = config as KerasConfig;
  const layers = settings["layers"] as readonly KerasConfig[] | undefined;
  return {
    class_name: className as JsonValue,
    config: layers === undefined ? settings : { ...settings, layers: layers.map(legacyConfig) },
    ...(name !== undefined && { name }),
    ...(calls !== undefined && { inbound_nodes: calls }),
  };
}
