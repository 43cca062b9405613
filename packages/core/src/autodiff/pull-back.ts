/** The backward walk of reverse-mode differentiation: a graph in, the graph of its gradients out. Knows no operation by name. */
import { GraphError } from "../graph/error.ts";
import { topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import { formatType, sameShape } from "../graph/tensor-type.ts";
import { add } from "../ops/elementwise.ts";

/**
 * The gradients of every node between `variables` and `output`, given that of `output`: for each node the sum over all ways
 * that lead from it to the output. A node that the output does not depend on has none.
 *
 * Throws a `GraphError` where a way leads through an operation that forbids differentiation.
 */
export function pullBack(output: Node, gradient: Node, variables: readonly Node[]): ReadonlyMap<Node, Node> {
  const order = topologicalOrder([output]);
  const relevant = dependents(order, variables);
  const total = new Map<Node, Node>([[output, gradient]]);
  for (const node of order.toReversed()) {
    const arrived = total.get(node);
    if (arrived === undefined || !relevant.has(node) || node.inputs.length === 0) continue;
    for (const [position, share] of sharesOf(node, arrived).entries()) {
      const input = node.inputs[position] as Node;
      if (share === undefined || !relevant.has(input)) continue;
      checkType(node, input, share);
      const before = total.get(input);
      total.set(input, before === undefined ? share : add(before, share));
    }
  }
  return total;
}

/** The nodes of `order` that depend on one of `variables`. */
function dependents(order: readonly Node[], variables: readonly Node[]): Set<Node> {
  const found = new Set(variables);
  for (const node of order) if (node.inputs.some((input) => found.has(input))) found.add(node);
  return found;
}

function sharesOf(node: Node, gradient: Node): readonly (Node | undefined)[] {
  const { grad } = node.op;
  if (grad === "zero") return [];
  if (grad === "forbidden") throw new GraphError(`${node.op.name} cannot be differentiated`);
  return grad({ node, inputs: node.inputs, gradient, attributes: node.attributes });
}

function checkType(node: Node, input: Node, share: Node): void {
  if (share.type.scope === input.type.scope && sameShape(share.type.shape, input.type.shape)) return;
  throw new GraphError(
    `the gradient of ${node.op.name} for an input of ${formatType(input.type)} came out as ${formatType(share.type)}`,
  );
}
