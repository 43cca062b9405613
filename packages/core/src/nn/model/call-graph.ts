/** The layer calls between a model's inputs and outputs, and their order. */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { InputLayer } from "../layers/input-layer.ts";
import type { Layer, LayerCall, SymbolicTensor } from "../layers/layer.ts";

export interface CallGraph {
  /** Every call once, after the calls that it depends on; calls of input layers are left out. */
  readonly calls: readonly LayerCall[];
  /** Every layer once, in Keras's order: by the longest way to an output, then as found from the outputs. */
  readonly layers: readonly Layer[];
}

/**
 * Walks from the outputs back to the inputs.
 *
 * @throws GraphError when an output depends on an input that is not among `inputs`, or two layers have one name.
 */
export function traceCalls(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): CallGraph {
  const { calls, found } = callsBefore(inputs, outputs);
  const layers = layersInOrder(inputs, calls, found);
  const names = new Set<string>();
  for (const { name } of layers) {
    if (names.has(name))
      throw new GraphError(`two layers of a model are called "${name}"; give one of them another name`);
    names.add(name);
  }
  return { calls: calls.filter(({ layer }) => !(layer instanceof InputLayer)), layers };
}

/** Makes the calls between `inputs` and `outputs` once more, from other inputs, and returns the other outputs. */
export function repeatCalls(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  replacements: readonly SymbolicTensor[],
): readonly SymbolicTensor[] {
  const replaced = new Map(inputs.map((tensor, index) => [tensor, replacements[index] as SymbolicTensor]));
  const replacementOf = (tensor: SymbolicTensor): SymbolicTensor => replaced.get(tensor) ?? tensor;
  for (const { layer, inputs: operands, outputs: results } of callsBefore(inputs, outputs).calls) {
    if (layer instanceof InputLayer) continue;
    const repeated = layer.applyTo(operands.map(replacementOf));
    for (const [index, result] of results.entries()) replaced.set(result, repeated[index] as SymbolicTensor);
  }
  return outputs.map(replacementOf);
}

/** The calls in the order in which a depth-first walk from the outputs leaves them, the layers in which it finds them. */
function callsBefore(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): { calls: LayerCall[]; found: Layer[] } {
  const given = new Set(inputs);
  const left = new Set<LayerCall>();
  const found = new Set<Layer>();

  function visit(tensor: SymbolicTensor): void {
    const call = callOf(tensor);
    const isInput = given.has(tensor);
    if (left.has(call) || (isInput && call.inputs.length > 0)) return;
    if (!isInput && call.inputs.length === 0) {
      const known = inputs.map(({ layer }) => `"${layer.name}"`).join(", ");
      throw new GraphError(
        `the outputs depend on the input "${tensor.layer.name}" of shape ${formatShape(tensor.shape)}, ` +
          `which is not among the model's inputs ${known}; add it to them`,
      );
    }
    found.add(call.layer);
    for (const operand of call.inputs) visit(operand);
    left.add(call);
  }

  for (const output of outputs) visit(output);
  return { calls: [...left], found: [...found] };
}

function layersInOrder(inputs: readonly SymbolicTensor[], calls: readonly LayerCall[], found: Layer[]): Layer[] {
  const callDepths = new Map<LayerCall, number>();
  const layerDepths = new Map<Layer, number>();
  for (const call of calls.toReversed()) {
    const depth = Math.max(callDepths.get(call) ?? 0, layerDepths.get(call.layer) ?? 0);
    layerDepths.set(call.layer, depth);
    for (const before of call.inputs.map(callOf)) {
      callDepths.set(before, Math.max(depth + 1, callDepths.get(before) ?? 0));
    }
  }
  // Inputs that no output depends on come first among the last.
  const unused = inputs.map(({ layer }) => layer).filter((layer) => !layerDepths.has(layer));
  const depthOf = (layer: Layer): number => layerDepths.get(layer) ?? 0;
  return [...unused, ...found].toSorted((a, b) => depthOf(b) - depthOf(a));
}

function callOf({ layer, callIndex }: SymbolicTensor): LayerCall {
  return layer.calls[callIndex] as LayerCall;
}
