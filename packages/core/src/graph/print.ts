/** Graphs as text, one node a line: `%4 = conv2d(%1, %2) {strides [1, 1], same} : [28, 28, 16] per sample` */
import { topologicalOrder } from "./node.ts";
import type { Node } from "./node.ts";
import { formatType } from "./tensor-type.ts";

/** Prints everything that `outputs` depend on. Numbers count from 0 in every printout, so that it can be compared. */
export function printGraph(outputs: readonly Node[]): string {
  const numbers = new Map(topologicalOrder(outputs).map((node, number) => [node, number] as const));
  const name = (node: Node): string => `%${numbers.get(node)}`;
  const lines = [...numbers.keys()].map((node) => {
    const attributes = node.op.print?.(node.attributes) ?? "";
    const isLeaf = node.inputs.length === 0;
    const operands = isLeaf ? attributes : node.inputs.map(name).join(", ");
    const detail = isLeaf || attributes === "" ? "" : ` {${attributes}}`;
    return `${name(node)} = ${node.op.name}(${operands})${detail} : ${formatType(node.type)}`;
  });
  return [...lines, `return ${outputs.map(name).join(", ")}`].join("\n");
}
