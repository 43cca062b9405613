/** Evaluates graphs sample by sample through the ops' float64 references: the oracle that kernels and gradients are held to. */
import { topologicalOrder } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import { sampleOf } from "./values.ts";
import type { RunOptions, TensorValue } from "./values.ts";

/** The values of `outputs`, given those of the leaves. A shared result of per-sample operands is the sum over the samples. */
export function interpret(
  outputs: readonly Node[],
  feeds: ReadonlyMap<Node, TensorValue>,
  options: RunOptions,
): TensorValue[] {
  const values = new Map(feeds);
  for (const node of topologicalOrder(outputs)) {
    if (!values.has(node)) values.set(node, evaluate(node, values, options));
  }
  return outputs.map((output) => values.get(output)!);
}

function evaluate(
  node: Node,
  values: ReadonlyMap<Node, TensorValue>,
  { batch, step = 0, seed = 0 }: RunOptions,
): TensorValue {
  const { op, attributes, type, inputs } = node;
  const types = inputs.map((input) => input.type);
  const forSample = (sample: number): Float64Array => {
    const operands = inputs.map((input) => sampleOf(values.get(input)!, sample));
    return op.reference({ inputs: operands, types, attributes, type, random: { sample, step, seed } });
  };
  if (type.scope === "shared" && types.every((operand) => operand.scope === "shared")) return forSample(0);
  const results = Array.from({ length: batch }, (_, sample) => forSample(sample));
  return type.scope === "sample" ? results : results.reduce((total, share) => total.map((sum, i) => sum + share[i]!));
}
