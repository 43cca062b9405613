/** Takes out operators that change nothing: copies, and booleans that become floats and booleans again. */
import type { OnnxNode } from "../onnx-graph.ts";
import type { GraphEditor } from "./graph-editor.ts";

const FLOAT = 1;
const BOOL = 9;
const COMPARISONS = new Set(["Equal", "Greater", "GreaterOrEqual"]);

export function bypassCopies(graph: GraphEditor): void {
  const makers = new Map(graph.nodes.map((node) => [node.outputs[0] as string, node]));
  const sources = new Map<string, string>();
  const sourceOf = (name: string): string => sources.get(name) ?? name;
  graph.nodes = graph.nodes.flatMap((node) => {
    const changed = { ...node, inputs: node.inputs.map(sourceOf) };
    const source = copiedFrom(changed, makers);
    if (source === undefined) return [changed];
    sources.set(node.outputs[0] as string, source);
    return [];
  });
  graph.outputs = graph.outputs.map(sourceOf);
}

/** The value that a node is equal to; undefined if it is none that existed before. */
function copiedFrom(node: OnnxNode, makers: ReadonlyMap<string, OnnxNode>): string | undefined {
  const [input = ""] = node.inputs;
  if (node.opType === "Identity") return input;
  const before = makers.get(input);
  const boolean = before?.inputs[0] ?? "";
  const isBoolean = COMPARISONS.has(makers.get(boolean)?.opType ?? "");
  return isCast(node, BOOL) && before !== undefined && isCast(before, FLOAT) && isBoolean ? boolean : undefined;
}

function isCast({ opType, attributes }: OnnxNode, to: number): boolean {
  return opType === "Cast" && attributes.get("to") === to;
}
