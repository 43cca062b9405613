/** Reverse-mode differentiation: a graph in, the graph of its gradients out. Knows no operation by name. */
import { GraphError } from "../graph/error.ts";
import { topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import { formatType, sameShape } from "../graph/tensor-type.ts";
import { add } from "../ops/elementwise.ts";
import { constant, leafName } from "../ops/leaf.ts";

/**
 * The gradients of a shared scalar with respect to each of `variables`, as nodes of their types.
 *
 * Throws a `GraphError` where the loss does not depend on a variable, or depends on it through an operation that forbids
 * differentiation.
 */
export function gradients(loss: Node, variables: readonly Node[]): Node[] {
  if (loss.type.scope !== "shared" || loss.type.shape.length > 0) {
    throw new GraphError(
      `gradients are taken of a shared scalar, and the loss is ${formatType(loss.type)}; sum it over its elements and over the samples`,
    );
  }
  const order = topologicalOrder([loss]);
  const relevant = dependents(order, variables);
  const total = new Map<Node, Node>([[loss, constant(1)]]);
  for (const node of order.toReversed()) {
    const gradient = total.get(node);
    if (gradient === undefined || !relevant.has(node) || node.inputs.length === 0) continue;
    for (const [position, share] of sharesOf(node, gradient).entries()) {
      const input = node.inputs[position] as Node;
      if (share === undefined || !relevant.has(input)) continue;
      checkType(node, input, share);
      const before = total.get(input);
      total.set(input, before === undefined ? share : add(before, share));
    }
  }
  return variables.map((variable) => {
    const gradient = total.get(variable);
    if (gradient === undefined) throw new GraphError(`the loss does not depend on ${leafName(variable)}`);
    return gradient;
  });
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
