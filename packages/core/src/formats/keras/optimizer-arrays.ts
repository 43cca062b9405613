/** The state of an optimizer as arrays of the weights file, and back. */
import type { KerasConfig } from "../../nn/keras-object.ts";
import type { Optimizer } from "../../nn/optimizers/optimizer.ts";
import type { OptimizerValues } from "../../nn/training/optimizer-state.ts";
import type { Variable } from "../../nn/variable.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { optimizerVariables } from "./optimizer-variables.ts";
import { countOf, float32Values, formatShape } from "./weight-array.ts";
import type { WeightArray } from "./weight-array.ts";

const FOLDER = "optimizer/vars";

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
  const config = optimizer.getConfig();
  const slots = new Map(state.variables.map(({ variable, slots }) => [variable, slots]));
  return optimizerVariables(optimizer.className, config, weights.length).map((entry, index): WeightArray => {
    const path = `${FOLDER}/${index}`;
    if (entry.kind === "iterations") return { path, shape: [], data: BigInt64Array.of(BigInt(state.iterations)) };
    if (entry.kind === "learningRate") return { path, shape: [], data: Float32Array.of(optimizer.learningRate) };
    if (entry.kind === "momentumProduct") {
      return { path, shape: [], data: Float32Array.of(nadamMomentumProduct(config, state.iterations)) };
    }
    const variable = weights[entry.weight] as Variable;
    // Before the first step there is nothing yet, which Keras writes as zeros.
    const data = slots.get(variable)?.[entry.slot] ?? new Float32Array(variable.size);
    return { path, shape: variable.shape, data };
  });
}

/**
 * The state that the arrays hold; undefined when the file has none, as when a model was compiled but never trained.
 *
 * @throws KerasFileError when arrays are missing or do not fit the weights.
 */
export function optimizerValues(
  optimizer: Optimizer,
  arrays: ReadonlyMap<string, WeightArray>,
  weights: readonly Variable[],
): OptimizerValues | undefined {
  const entries = optimizerVariables(optimizer.className, optimizer.getConfig(), weights.length);
  const isComplete = entries.every((_, index) => arrays.has(`${FOLDER}/${index}`));
  if (!isComplete) {
    const some = [...arrays.keys()].filter((path) => path.startsWith(`${FOLDER}/`)).length;
    // Keras writes the two numbers of an optimizer that has not seen the weights yet.
    if (some <= 2) return undefined;
    throw new KerasFileError(
      `the optimizer ${optimizer.className} has ${entries.length} arrays; the file holds ${some}`,
    );
  }
  let iterations = 0;
  const slots = weights.map((variable) => ({ variable, slots: {} as Record<string, Float32Array> }));
  for (const [index, entry] of entries.entries()) {
    const array = arrays.get(`${FOLDER}/${index}`) as WeightArray;
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

/** The learning rate that the file's arrays hold, which a schedule may have moved away from the configured one. */
export function savedLearningRate(arrays: ReadonlyMap<string, WeightArray>): number | undefined {
  const array = arrays.get(`${FOLDER}/1`);
  return array === undefined ? undefined : float32Values(array)[0];
}

/** μ₁·…·μₜ with μₜ = β₁(1 − 0.96ᵗ/2): Dozat 2016, page 3. Keras keeps it; here it follows from the number of steps. */
function nadamMomentumProduct(config: KerasConfig, iterations: number): number {
  const beta1 = Number(config["beta_1"]);
  let product = 1;
  let warmUp = 1;
  for (let step = 1; step <= iterations && product > 0; step++) {
    warmUp *= 0.96;
    product *= beta1 * (1 - 0.5 * warmUp);
  }
  return product;
}
