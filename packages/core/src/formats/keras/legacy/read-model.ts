/** A whole model of an older `.h5` file. */
import type { Hdf5Group } from "../../hdf5/index.ts";
import { buildModel } from "../build-model.ts";
import { readingHdf5 } from "../hdf5-weights.ts";
import { configOf } from "../json-reading.ts";
import { KerasFileError } from "../keras-file-error.ts";
import { layerPlaces } from "../layer-weights.ts";
import type { LoadedModel } from "../loaded-model.ts";
import { OPTIMIZER_FOLDER } from "../optimizer-arrays.ts";
import { parseJson } from "../parse-json.ts";
import { parseModelConfig } from "../parse-model-config.ts";
import type { WeightArray } from "../weight-array.ts";
import { assignLegacyWeights } from "./assign-weights.ts";
import { modernConfig } from "./modern-config.ts";
import { modernTrainingConfig } from "./training-config.ts";
import { readLayerGroups, readNamedArrays } from "./weight-groups.ts";

/** @throws KerasFileError when the file is damaged or holds weights alone. */
export async function readLegacyModel(bytes: Uint8Array): Promise<LoadedModel> {
  return readingHdf5(bytes, (root) => {
    const [text] = root.attribute("model_config") ?? [];
    const groups = groupOf(root, "model_weights");
    const layers = groups && readLayerGroups(groups);
    if (text === undefined || layers === undefined) {
      throw new KerasFileError(
        "the HDF5 file holds no model; weights alone go into a model: loadWeights(model, bytes)",
      );
    }
    const description = parseModelConfig(modernConfig(parseJson("model_config", text)));
    const model = buildModel(description);
    assignLegacyWeights(model, layers);
    const [training] = root.attribute("training_config") ?? [];
    return {
      model,
      places: layerPlaces(model, description),
      compiled:
        training === undefined
          ? undefined
          : modernTrainingConfig(configOf(parseJson("training_config", training), "training_config")),
      state: readState(root),
    };
  });
}

/** The optimizer's arrays as `.keras` files name them. Keras 2 kept others, in another order. */
function readState(root: Hdf5Group): ReadonlyMap<string, WeightArray> {
  const group = groupOf(root, "optimizer_weights");
  const [version = ""] = root.attribute("keras_version") ?? [];
  if (group === undefined || !version.startsWith("3.")) return new Map();
  return new Map(
    readNamedArrays(group).map((array, index) => {
      const path = `${OPTIMIZER_FOLDER}/${index}`;
      return [path, { ...array, path }];
    }),
  );
}

function groupOf(root: Hdf5Group, name: string): Hdf5Group | undefined {
  const child = root.get(name);
  return child?.kind === "group" ? child : undefined;
}
