/** Compares what models read from Keras's files do with what Keras's do: their predictions, and the losses when training goes on. */

import { loadModel, loadWeights } from "@sandglass/core";
import type { Model } from "@sandglass/core";
import { decodeArrays, decodeJson, fileOf, largestDifference } from "./exchange.ts";
import type { FolderFiles, Manifest } from "./exchange.ts";
import { valuesOf } from "./model-data.ts";
import type { ModelData } from "./model-data.ts";
import { trainSteps } from "./train-steps.ts";

const PREDICTIONS_WITHIN = 1e-5;
/** Steps add their rounding up: float32 sums in another order. */
const LOSSES_WITHIN = 1e-4;

export interface Comparison {
  readonly model: string;
  readonly what: string;
  readonly difference: number;
  readonly allowed: number;
  readonly error?: Error;
}

/** Compares everything that Keras wrote of one model. */
export async function compareWithKeras(files: FolderFiles): Promise<Comparison[]> {
  const { name, isRandom } = decodeJson(files, "manifest.json") as Manifest;
  const data = { inputs: decodeArrays(files, "inputs"), targets: decodeArrays(files, "targets") };
  const expected = valuesOf(decodeArrays(files, "keras/predictions"));
  const fromKeras = (): Promise<Model> => loadModel(fileOf(files, "keras/model.keras"));
  const fromWeights = async (): Promise<Model> => {
    const model = await loadModel(fileOf(files, "keras/model.keras"), { compile: false });
    for (const variable of model.variables) variable.assign(new Float32Array(variable.size));
    await loadWeights(model, fileOf(files, "keras/model.weights.h5"));
    return model;
  };
  const readings: [what: string, read: () => Promise<Model>][] = [
    [".keras", fromKeras],
    [".weights.h5", fromWeights],
  ];
  if (files.has("keras/model.h5")) readings.push([".h5", () => loadModel(fileOf(files, "keras/model.h5"))]);

  const compare = async (what: string, allowed: number, measure: () => Promise<number>): Promise<Comparison> => {
    try {
      return { model: name, what, allowed, difference: await measure() };
    } catch (error) {
      return { model: name, what, allowed, difference: Infinity, error: error as Error };
    }
  };
  const comparisons: Comparison[] = [];
  for (const [what, read] of readings) {
    const predictions = async (): Promise<number> => offBy(await read(), data, expected);
    comparisons.push(await compare(`predicts from Keras's ${what}`, PREDICTIONS_WITHIN, predictions));
  }
  if (isRandom) return comparisons;
  const losses = decodeJson(files, "keras/losses.json") as readonly number[];
  const goOn = async (): Promise<number> => {
    const model = await fromKeras();
    const difference = largestDifference(await trainSteps(model, data), losses);
    await model.dispose();
    return difference;
  };
  return [...comparisons, await compare("trains on after Keras", LOSSES_WITHIN, goOn)];
}

async function offBy(model: Model, { inputs }: ModelData, expected: readonly Float32Array[]): Promise<number> {
  const predictions = await model.predictAll(valuesOf(inputs));
  await model.dispose();
  return Math.max(...expected.map((values, index) => largestDifference(predictions[index] ?? [], values)));
}

export function hasPassed({ difference, allowed }: Comparison): boolean {
  return difference <= allowed;
}

export function describeComparison(comparison: Comparison): string {
  const { model, what, difference, error } = comparison;
  const reason = error === undefined ? difference.toExponential(1) : error.message;
  return `${hasPassed(comparison) ? "ok  " : "FAIL"} ${model.padEnd(36)} ${what.padEnd(36)} ${reason}`;
}
