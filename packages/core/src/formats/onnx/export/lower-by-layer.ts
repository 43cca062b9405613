/** A model as graph nodes that know which layer they came from. */
import type { Node } from "../../../graph/node.ts";
import { inputNode } from "../../../ops/leaf.ts";
import { lowerContext } from "../../../nn/layers/lower-context.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import { Functional } from "../../../nn/model/functional.ts";
import type { Model } from "../../../nn/model/model.ts";
import { Sequential } from "../../../nn/model/sequential.ts";
import type { LayerUse } from "./layer-operators.ts";

export interface LoweredModel {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
  /** The layer of each node, with the models that it lies in: `encoder/conv2d`. Inputs and weights have none. */
  readonly layerOf: ReadonlyMap<Node, string>;
  /** The call that made a node, for layers of one operand that are no models. */
  readonly useOf: ReadonlyMap<Node, LayerUse>;
}

/** The model as it predicts, outside of training. */
export function lowerByLayer(model: Model): LoweredModel {
  const context = lowerContext({ training: false });
  const layerOf = new Map<Node, string>();
  const useOf = new Map<Node, LayerUse>();

  function lowerCalls(inner: Model, operands: readonly Node[], scope: string): readonly Node[] {
    const nodes = new Map<SymbolicTensor, Node>(inner.inputs.map((tensor, i) => [tensor, operands[i] as Node]));
    for (const { layer, inputs, outputs } of inner.innerCalls) {
      const given = inputs.map((tensor) => nodes.get(tensor) as Node);
      const path = `${scope}${layer.name}`;
      // Models of these two kinds do nothing but their calls.
      const isNested = layer instanceof Functional || layer instanceof Sequential;
      const results = isNested ? lowerCalls(layer, given, `${path}/`) : layer.lowerCall(context, given);
      for (const result of results) own(result, path);
      const [operand, ...others] = given;
      const [result] = results;
      if (!isNested && operand !== undefined && others.length === 0 && result !== undefined && result !== operand) {
        useOf.set(result, { layer, operand });
      }
      for (const [index, tensor] of outputs.entries()) nodes.set(tensor, results[index] as Node);
    }
    return inner.outputs.map((tensor) => nodes.get(tensor) as Node);
  }

  /** Gives a node, and what it was made from in the same layer, to that layer. */
  function own(node: Node, path: string): void {
    if (layerOf.has(node) || node.op.kernel.kind === "leaf") return;
    layerOf.set(node, path);
    for (const input of node.inputs) own(input, path);
  }

  const inputs = model.inputs.map(({ shape, layer }) => inputNode(layer.name, shape));
  return { inputs, outputs: lowerCalls(model, inputs, ""), layerOf, useOf };
}
