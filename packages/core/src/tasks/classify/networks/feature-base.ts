/** What a network has learned before its own decision: the part up to its last maps. */
import { GraphError } from "../../../graph/error.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import { model as makeModel } from "../../../nn/model/functional.ts";
import { Model } from "../../../nn/model/model.ts";

/** Layers that make features into decisions. */
const DECIDING: ReadonlySet<string> = new Set(["Dense", "Softmax", "Activation", "Dropout", "Flatten", "Reshape"]);

/**
 * A network cut before its head: where it makes maps, after the last of them; else before its last dense layer. Models within it become
 * layers of one model. It shares its weights with the network that it was cut from.
 *
 * @throws GraphError when the network has several inputs, or nothing before its head.
 * @example
 * const base = featureBase(await loadModel(await readFile("keras_model.h5")));
 */
export function featureBase(network: Model): Model {
  const [first, ...others] = network.inputs;
  if (first === undefined || others.length > 0) {
    throw new GraphError(
      `a base takes samples alone; model "${network.name}" has ${network.inputs.length} inputs. Take an encoder that is not conditional`,
    );
  }
  const sample = input(first.shape, { name: first.layer.name });
  const made: SymbolicTensor[] = [];
  inline(network, [sample], made);
  const end = made.findLast(({ shape }) => shape.length === 3) ?? beforeDecision(made);
  if (end === undefined) {
    throw new GraphError(`model "${network.name}" decides at once: there is nothing before its last layer to build on`);
  }
  return makeModel(sample, end, { name: network.name });
}

/** Calls the layers of a model once more, those of models within it one by one, and notes what they make. */
function inline(part: Model, given: readonly SymbolicTensor[], made: SymbolicTensor[]): readonly SymbolicTensor[] {
  const tensors = new Map<SymbolicTensor, SymbolicTensor>();
  for (const [index, tensor] of part.inputs.entries()) tensors.set(tensor, given[index] as SymbolicTensor);
  for (const { layer, inputs, outputs } of part.innerCalls) {
    const operands = inputs.map((tensor) => tensors.get(tensor) as SymbolicTensor);
    const results = layer instanceof Model ? inline(layer, operands, made) : layer.applyTo(operands);
    for (const [index, tensor] of outputs.entries()) tensors.set(tensor, results[index] as SymbolicTensor);
    if (!(layer instanceof Model)) made.push(...results);
  }
  return part.outputs.map((tensor) => tensors.get(tensor) as SymbolicTensor);
}

/** What the last layers that decide are made from. */
function beforeDecision(made: readonly SymbolicTensor[]): SymbolicTensor | undefined {
  const last = made.findLastIndex(({ layer }) => layer.className === "Dense");
  return made.slice(0, last).findLast(({ layer }) => !DECIDING.has(layer.className) || layer.className === "Dense");
}
