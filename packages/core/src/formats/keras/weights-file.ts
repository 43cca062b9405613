import type { Model } from "../../nn/model/model.ts";
import type { Variable } from "../../nn/variable.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { isHdf5, readingHdf5, readWeightsWithin, writeWeights } from "./hdf5-weights.ts";
import { readKerasWeights } from "./keras-file.ts";
import { assignLayerArrays, layerArrays, layerPlaces } from "./layer-weights.ts";
import { assignLegacyWeights } from "./legacy/assign-weights.ts";
import type { LegacyWeightOptions } from "./legacy/assign-weights.ts";
import { readLayerGroups } from "./legacy/weight-groups.ts";
import type { LayerGroup } from "./legacy/weight-groups.ts";
import { writeLegacyWeights } from "./legacy/write-model.ts";
import type { WeightArray } from "./weight-array.ts";

export interface SaveWeightsOptions {
  /** A `.weights.h5` file of Keras 3 unless given; `legacy` is the `.h5` file of Keras 2. */
  readonly format?: "keras" | "legacy";
}

export interface LoadWeightsOptions {
  /** Whether weights that are missing or of another shape leave the model's as they are; false unless given: they are an error. */
  readonly skipMismatch?: boolean;
  /** Whether layers find their weights by their names, and not by their order; for `.h5` files of Keras 2. False unless given. */
  readonly byName?: boolean;
}

/**
 * The weights of a model as the bytes of a `.weights.h5` file, as Keras's `save_weights`. The same bytes for the same weights.
 *
 * @throws KerasFileError when the model has not been built, or a layer lies in two of its models.
 * @example
 * await writeFile("autoencoder.weights.h5", await saveWeights(autoencoder));
 */
export async function saveWeights(model: Model, { format = "keras" }: SaveWeightsOptions = {}): Promise<Uint8Array> {
  checkBuilt(model);
  return format === "legacy" ? writeLegacyWeights(model) : writeWeights(layerArrays(layerPlaces(model)));
}

/**
 * Gives a model the weights of a file, as Keras's `load_weights`: of a `.weights.h5` file, of a `.keras` file, or of an `.h5` file of
 * Keras 2. The layers must be those of the model that was saved. Nothing changes when something does not fit.
 *
 * @returns the paths of the variables that were left as they were: with `skipMismatch` or `byName` there may be some.
 * @throws KerasFileError when the file is damaged, holds weights of unknown layers or other shapes, or lacks some.
 * @example
 * await loadWeights(autoencoder, await readFile("autoencoder.weights.h5"));
 */
export async function loadWeights(
  model: Model,
  bytes: Uint8Array,
  options: LoadWeightsOptions = {},
): Promise<readonly string[]> {
  checkBuilt(model);
  const skipped = await assign(model, bytes, options);
  return skipped.map(({ path }) => path);
}

async function assign(model: Model, bytes: Uint8Array, options: LoadWeightsOptions): Promise<readonly Variable[]> {
  if (!isHdf5(bytes)) return assignByPlace(model, await readKerasWeights(bytes), options);
  const content = await readingHdf5(
    bytes,
    (root): { layers: readonly LayerGroup[] } | { arrays: readonly WeightArray[] } => {
      const whole = root.get("model_weights");
      const layers = readLayerGroups(whole?.kind === "group" ? whole : root);
      return layers === undefined ? { arrays: readWeightsWithin(root) } : { layers };
    },
  );
  return "layers" in content
    ? assignLegacyWeights(model, content.layers, options satisfies LegacyWeightOptions)
    : assignByPlace(model, content.arrays, options);
}

function assignByPlace(
  model: Model,
  weights: readonly WeightArray[],
  { byName = false, skipMismatch = false }: LoadWeightsOptions,
): readonly Variable[] {
  if (byName) {
    throw new KerasFileError("byName is for .h5 files of Keras 2; files of Keras 3 do not name their layers");
  }
  const arrays = new Map(weights.map((array) => [array.path, array]));
  return assignLayerArrays(layerPlaces(model), arrays, { skipMismatch });
}

function checkBuilt(model: Model): void {
  if (model.built) return;
  throw new KerasFileError(
    `the model "${model.name}" has no weights yet, because its shapes are not known; call it on data once, or give inputShape`,
  );
}
