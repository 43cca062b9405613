/**
 * Tensors of fixed numbers. A graph has constants of one number only; a tensor of them is a parameter that nothing updates
 * and that a program's owner fills once.
 */
import { topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { parameterNode } from "../ops/leaf.ts";

const constants = new WeakMap<Node, Float32Array>();

/** A shared tensor of these values, row-major. */
export function constantTensor(name: string, shape: Shape, values: Float32Array): Node {
  const node = parameterNode(name, shape);
  constants.set(node, values);
  return node;
}

/** The constant tensors that `outputs` depend on, with their values. */
export function constantsOf(outputs: readonly Node[]): [node: Node, values: Float32Array][] {
  return topologicalOrder(outputs).flatMap((node) => {
    const values = constants.get(node);
    return values === undefined ? [] : [[node, values] as [Node, Float32Array]];
  });
}
