/** Inputs and targets for a model. */

import type { Model } from "@sandglass/core";
import type { ExchangedArray } from "./exchange.ts";
import type { TargetKind } from "./models.ts";
import { uniformNumbers } from "./random-numbers.ts";

const NUM_SAMPLES = 6;

export interface ModelData {
  readonly inputs: readonly ExchangedArray[];
  readonly targets: readonly ExchangedArray[];
}

export function dataFor(model: Model, kinds: readonly TargetKind[] = []): ModelData {
  const next = uniformNumbers(17);
  const inputs = model.inputs.map(({ shape }) => filled(shape, () => 2 * next() - 0.5));
  const targets = model.outputs.map(({ shape }, index) => targetsOf(shape, kinds[index] ?? "numbers", next));
  return { inputs, targets };
}

function targetsOf(shape: readonly number[], kind: TargetKind, next: () => number): ExchangedArray {
  if (kind === "numbers") return filled(shape, next);
  const numClasses = shape.at(-1) ?? 1;
  const classes = Array.from({ length: NUM_SAMPLES }, () => Math.floor(next() * numClasses));
  if (kind === "classNumber") return { shape: [NUM_SAMPLES], data: Float32Array.from(classes) };
  const data = new Float32Array(NUM_SAMPLES * numClasses);
  for (const [sample, one] of classes.entries()) data[sample * numClasses + one] = 1;
  return { shape: [NUM_SAMPLES, ...shape], data };
}

function filled(shape: readonly number[], next: () => number): ExchangedArray {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape: [NUM_SAMPLES, ...shape], data: Float32Array.from({ length: NUM_SAMPLES * size }, next) };
}

/** The values alone, as models take them. */
export function valuesOf(arrays: readonly ExchangedArray[]): Float32Array[] {
  return arrays.map(({ data }) => data);
}
