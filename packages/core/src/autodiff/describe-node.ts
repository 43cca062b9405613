import type { Node } from "../graph/node.ts";
import { formatType } from "../graph/tensor-type.ts";
import { leafName } from "../ops/leaf.ts";

/** A node in an error: a leaf by its name, anything else by its operation and type. */
export function describeNode(node: Node): string {
  const { kernel, name } = node.op;
  return kernel.kind === "leaf" ? leafName(node) : `a result of ${name}, ${formatType(node.type)}`;
}
