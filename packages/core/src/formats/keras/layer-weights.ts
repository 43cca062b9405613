/** The variables of a model's layers as arrays of a weights file, and back. */
import type { Layer } from "../../nn/layers/layer.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Variable } from "../../nn/variable.ts";
import { describeModel, layerAt } from "./describe-model.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type { ModelDescription } from "./model-description.ts";
import { float32Values, formatShape } from "./weight-array.ts";
import type { WeightArray, WeightData } from "./weight-array.ts";
import { placeWeights } from "./weight-paths.ts";

/** A layer and where its variables lie. */
export interface LayerPlace {
  readonly layer: Layer;
  /** The variables follow as `/0`, `/1`, …. */
  readonly path: string;
}

/** A variable that the file gives no values, or others than the model has. */
interface Mismatch {
  readonly variable: Variable;
  readonly reason: string;
}

/** Keras keeps the state of random numbers beside some layers; here it follows from the seed. */
const RANDOM_STATE = /\/seed_generator(?:_\d+)?\/vars\//u;
const LAYER_WEIGHT = /^layers\/.*\/vars\/\d+$/u;

/** Every layer of a model and of the models within it, in the order of the file. */
export function layerPlaces(model: Model, description: ModelDescription = describeModel(model)): readonly LayerPlace[] {
  return placeWeights(description).map(({ names, path }) => ({ layer: layerAt(model, names), path }));
}

/** A layer's variables as Keras stores them: those that gradients may change, then the others. */
function storedVariables({ variables }: Layer): readonly Variable[] {
  return [...variables.filter(({ trainable }) => trainable), ...variables.filter(({ trainable }) => !trainable)];
}

/** The variables that an optimizer changes, in the order in which files hold what it keeps of them. */
export function trainedVariables(model: Model, places: readonly LayerPlace[]): readonly Variable[] {
  const trainable = new Set(model.trainableVariables);
  return places.flatMap(({ layer }) => layer.variables.filter((variable) => trainable.has(variable)));
}

/** The variables that an optimizer would change if no layer were frozen, in the same order. */
export function trainableWeights(places: readonly LayerPlace[]): readonly Variable[] {
  return places.flatMap(({ layer }) => layer.variables.filter(({ trainable }) => trainable));
}

/** The arrays of all layers. */
export function layerArrays(places: readonly LayerPlace[]): WeightArray[] {
  return places.flatMap(({ layer, path }) =>
    storedVariables(layer).map((variable, index) => ({
      path: `${path}/${index}`,
      shape: variable.shape,
      data: weightData(variable),
    })),
  );
}

/** The values as Keras keeps them. */
export function weightData(variable: Variable): WeightData {
  const values = variable.read();
  return variable.dtype === "int64" ? BigInt64Array.from(values, (value) => BigInt(Math.round(value))) : values;
}

/**
 * Gives the layers the values of the file. Nothing changes unless all of them fit.
 *
 * @returns the variables that were left as they were: none without `skipMismatch`.
 * @throws KerasFileError when arrays are missing or have other shapes, or belong to no layer; without `skipMismatch`.
 */
export function assignLayerArrays(
  places: readonly LayerPlace[],
  arrays: ReadonlyMap<string, WeightArray>,
  { skipMismatch = false }: { readonly skipMismatch?: boolean } = {},
): readonly Variable[] {
  const expected = new Map(
    places.flatMap(({ layer, path }) =>
      storedVariables(layer).map((variable, index) => [`${path}/${index}`, variable] as const),
    ),
  );
  if (!skipMismatch) checkNoneUnknown([...arrays.keys()], expected);
  const values: [Variable, Float32Array][] = [];
  const mismatches: Mismatch[] = [];
  for (const [path, variable] of expected) {
    const array = arrays.get(path);
    const reason = mismatchOf(variable, path, array);
    if (array !== undefined && reason === undefined) values.push([variable, float32Values(array)]);
    else mismatches.push({ variable, reason: reason ?? "" });
  }
  const [first] = mismatches;
  if (first !== undefined && !skipMismatch) throw new KerasFileError(first.reason);
  for (const [variable, data] of values) variable.assign(data);
  return mismatches.map(({ variable }) => variable);
}

function mismatchOf(variable: Variable, path: string, array: WeightArray | undefined): string | undefined {
  if (array === undefined) return `the file has no "${path}", the weights of ${variable.path}`;
  if (formatShape(array.shape) === formatShape(variable.shape)) return undefined;
  return (
    `the weights of ${variable.path} have the shape ${formatShape(array.shape)} in the file ("${path}"); ` +
    `the model asks for ${formatShape(variable.shape)}`
  );
}

function checkNoneUnknown(paths: readonly string[], expected: ReadonlyMap<string, Variable>): void {
  const unknown = paths.find((path) => LAYER_WEIGHT.test(path) && !RANDOM_STATE.test(path) && !expected.has(path));
  if (unknown === undefined) return;
  throw new KerasFileError(`the file holds the weights "${unknown}" of a layer that the model does not have`);
}
