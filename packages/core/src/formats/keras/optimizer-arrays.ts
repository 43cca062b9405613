/** The state of an optimizer as arrays of the weights file, and back. */
import type { Optimizer } from "../../nn/optimizers/optimizer.ts";
import type { OptimizerValues } from "../../nn/training/optimizer-state.ts";
import type { Variable } from "../../nn/variable.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { optimizerVariables } from "./optimizer-variables.ts";
import { countOf, float32Values, formatShape } from "./weight-array.ts";
import type { WeightArray } from "./weight-array.ts";

/** Where they lie in the weights file. */
export const OPTIMIZER_FOLDER = "optimizer/vars";

/**
 * The arrays of an optimizer.
 *
 * @param weights the trainable variables in the order of the file.
 */
export function optimizerArrays(
  optimizer: Optimizer,
  state: OptimizerValues,
  weights: readonly Variable[],
): readonly WeightArray[] {
  const derived = optimizer.derivedNumbers(state.iterations);
  const slots = new Map(state.variables.map(({ variable, slots }) => [variable, slots]));
  return optimizerVariables(optimizer, weights.length).map((entry, index): WeightArray => {
    const path = `${OPTIMIZER_FOLDER}/${index}`;
    if (entry.kind === "iterations") return { path, shape: [], data: BigInt64Array.of(BigInt(state.iterations)) };
    if (entry.kind === "learningRate") return { path, shape: [], data: Float32Array.of(optimizer.learningRate) };
    if (entry.kind === "derived") return { path, shape: [], data: Float32Array.of(derived[entry.index] as number) };
    const variable = weights[entry.weight] as Variable;
    // Before the first step there is nothing yet; Keras writes what it begins with.
    const data =
      slots.get(variable)?.[entry.slot] ?? new Float32Array(variable.size).fill(optimizer.initialSlotValue(entry.slot));
    return { path, shape: variable.shape, data };
  });
}

/**
 * The state that the arrays hold; undefined when the file has none, as when a model was compiled but never trained. Layers that were
 * frozen after training have a state in the file, of which nothing is kept.
 *
 * @param trained the variables that the optimizer changes, in the order of the file.
 * @param weights those that it would change if no layer were frozen.
 * @throws KerasFileError when arrays are missing or do not fit the weights.
 */
export function optimizerValues(
  optimizer: Optimizer,
  arrays: ReadonlyMap<string, WeightArray>,
  trained: readonly Variable[],
  weights: readonly Variable[],
): OptimizerValues | undefined {
  const saved = [...arrays.keys()].filter((path) => path.startsWith(`${OPTIMIZER_FOLDER}/`)).length;
  const stored = [trained, weights].find(({ length }) => optimizerVariables(optimizer, length).length === saved);
  if (stored !== undefined) {
    const { iterations, variables } = readState(optimizer, arrays, stored);
    return { iterations, variables: variables.filter(({ variable }) => trained.includes(variable)) };
  }
  // Keras writes the two numbers of an optimizer that has not seen the weights yet.
  if (saved <= 2) return undefined;
  throw new KerasFileError(
    `the optimizer ${optimizer.className} has ${optimizerVariables(optimizer, trained.length).length} arrays for ` +
      `${trained.length} weights that are trained, and the file holds ${saved}; if layers were frozen or thawed after training, ` +
      "load the model with { compile: false } and compile it anew",
  );
}

function readState(
  optimizer: Optimizer,
  arrays: ReadonlyMap<string, WeightArray>,
  weights: readonly Variable[],
): OptimizerValues {
  let iterations = 0;
  const slots = weights.map((variable) => ({ variable, slots: {} as Record<string, Float32Array> }));
  for (const [index, entry] of optimizerVariables(optimizer, weights.length).entries()) {
    const array = arrays.get(`${OPTIMIZER_FOLDER}/${index}`);
    if (array === undefined) throw new KerasFileError(`the file has no "${OPTIMIZER_FOLDER}/${index}"; it is damaged`);
    if (entry.kind === "iterations") iterations = Number(array.data[0]);
    if (entry.kind !== "slot") continue;
    const variable = weights[entry.weight] as Variable;
    if (countOf(array.shape) !== variable.size) {
      throw new KerasFileError(
        `the array "${array.path}" has the shape ${formatShape(array.shape)}; ` +
          `${entry.slot} of ${variable.path} has ${formatShape(variable.shape)}`,
      );
    }
    (slots[entry.weight] as (typeof slots)[number]).slots[entry.slot] = float32Values(array);
  }
  return { iterations, variables: slots };
}

/**
 * Gives the optimizer the learning rate that the file's arrays hold, which callbacks may have moved away from the configured one. A
 * schedule needs none.
 */
export function restoreLearningRate(optimizer: Optimizer, arrays: ReadonlyMap<string, WeightArray>): void {
  const index = optimizerVariables(optimizer, 0).findIndex(({ kind }) => kind === "learningRate");
  const array = arrays.get(`${OPTIMIZER_FOLDER}/${index}`);
  const saved = array && float32Values(array)[0];
  // The file has it as float32; the configured number is the exact one, as long as both are the same.
  if (saved !== undefined && saved !== Math.fround(optimizer.learningRate)) optimizer.learningRate = saved;
}
