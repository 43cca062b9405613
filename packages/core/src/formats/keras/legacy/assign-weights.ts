/** Arrays of an older file to the layers of a model. Source: Keras 3, `keras/src/legacy/saving/legacy_h5_format.py`. */
import type { Layer } from "../../../nn/layers/layer.ts";
import type { Model } from "../../../nn/model/model.ts";
import type { Variable } from "../../../nn/variable.ts";
import { KerasFileError } from "../keras-file-error.ts";
import { float32Values, formatShape } from "../weight-array.ts";
import type { WeightArray } from "../weight-array.ts";
import type { LayerGroup } from "./weight-groups.ts";

export interface LegacyWeightOptions {
  /** Whether layers take the weights of the layer of their name, and others stay as they are; else the order tells. */
  readonly byName?: boolean;
  /** Whether what does not fit is left as it is. */
  readonly skipMismatch?: boolean;
}

interface Pair {
  readonly layer: Layer;
  readonly group: LayerGroup;
}

/** A layer's variables in the order of older files; of a model within, the trainable ones of all its layers first. */
export function legacyVariables(layer: Layer): readonly Variable[] {
  return [...layer.trainableVariables, ...layer.nonTrainableVariables];
}

/**
 * Gives the layers of the model the values of the file. Nothing changes unless all of them fit.
 *
 * @returns the variables that were left as they were.
 * @throws KerasFileError when layers or arrays do not fit; without `skipMismatch`.
 */
export function assignLegacyWeights(
  model: Model,
  groups: readonly LayerGroup[],
  { byName = false, skipMismatch = false }: LegacyWeightOptions = {},
): readonly Variable[] {
  const pairs = byName ? pairByName(model, groups) : pairByOrder(model, groups);
  const values = new Map<Variable, Float32Array>();
  for (const { layer, group } of pairs) {
    const variables = legacyVariables(layer);
    if (variables.length !== group.arrays.length) {
      if (skipMismatch) continue;
      throw new KerasFileError(
        `${layer.describe()} has ${variables.length} weights, and the layer "${group.name}" of the file ${group.arrays.length}`,
      );
    }
    for (const [index, variable] of variables.entries()) {
      const array = group.arrays[index] as WeightArray;
      if (formatShape(array.shape) === formatShape(variable.shape)) values.set(variable, float32Values(array));
      else if (!skipMismatch) {
        throw new KerasFileError(
          `the weights of ${variable.path} have the shape ${formatShape(array.shape)} in the file ("${array.path}"); ` +
            `the model asks for ${formatShape(variable.shape)}`,
        );
      }
    }
  }
  for (const [variable, data] of values) variable.assign(data);
  return model.variables.filter((variable) => !values.has(variable));
}

/** The layers that have weights, one after the other. */
function pairByOrder(model: Model, groups: readonly LayerGroup[]): readonly Pair[] {
  const layers = model.layers.filter(({ variables }) => variables.length > 0);
  const filled = groups.filter(({ arrays }) => arrays.length > 0);
  if (layers.length === filled.length)
    return layers.map((layer, index) => ({ layer, group: filled[index] as LayerGroup }));
  const names = (list: readonly { name: string }[]): string => list.map(({ name }) => `"${name}"`).join(", ") || "none";
  throw new KerasFileError(
    `the model "${model.name}" has ${layers.length} layers with weights, ${names(layers)}; ` +
      `the file has ${filled.length}, ${names(filled)}`,
  );
}

function pairByName(model: Model, groups: readonly LayerGroup[]): readonly Pair[] {
  const byName = new Map(groups.map((group) => [group.name, group]));
  return model.layers.flatMap((layer) => {
    const group = byName.get(layer.name);
    return group === undefined ? [] : [{ layer, group }];
  });
}
