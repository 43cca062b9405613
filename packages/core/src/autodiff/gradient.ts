/** Gradients of a loss. */
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { formatType } from "../graph/tensor-type.ts";
import { constant } from "../ops/leaf.ts";
import { describeNode } from "./describe-node.ts";
import { pullBack } from "./pull-back.ts";

/**
 * The gradients of a shared scalar with respect to each of `variables`, as nodes of their types. A variable may be a leaf or
 * computed; the gradients can be differentiated in turn.
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
  const total = pullBack(loss, constant(1), variables);
  return variables.map((variable) => {
    const gradient = total.get(variable);
    if (gradient === undefined) throw new GraphError(`the loss does not depend on ${describeNode(variable)}`);
    return gradient;
  });
}
