import type { OnnxGraph } from "../onnx-graph.ts";
import { bypassCopies } from "./bypass-copies.ts";
import { GraphEditor } from "./graph-editor.ts";
import { mergeBias } from "./merge-bias.ts";
import { writeAxesFor } from "./older-reductions.ts";
import { sinkTransposes } from "./sink-transposes.ts";

/**
 * The graph as it is exported: without what the rules of single ops leave between them, and with names for its outputs.
 */
export function simplifyGraph(graph: OnnxGraph, outputNames: readonly string[]): OnnxGraph {
  const editor = new GraphEditor(graph);
  bypassCopies(editor);
  sinkTransposes(editor);
  mergeBias(editor);
  writeAxesFor(graph.opset, editor);
  return editor.finish(outputNames);
}
