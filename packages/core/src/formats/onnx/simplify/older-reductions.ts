/** Before version 18 of the operators, the axes of a reduction are an attribute; those of sums are an operand from 13 on. */
import type { GraphEditor } from "./graph-editor.ts";

const AXES_AS_OPERAND = 18;
const REDUCTIONS = new Set(["ReduceMax", "ReduceMean"]);

export function writeAxesFor(opset: number, graph: GraphEditor): void {
  if (opset >= AXES_AS_OPERAND) return;
  graph.nodes = graph.nodes.map((node) => {
    const [x = "", axes] = node.inputs;
    if (!REDUCTIONS.has(node.opType) || axes === undefined) return node;
    return { ...node, inputs: [x], attributes: new Map(node.attributes).set("axes", graph.integers(axes)) };
  });
}
