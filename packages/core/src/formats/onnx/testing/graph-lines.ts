/** A graph in text, one node a line: `name = Operator(inputs) attribute=value …`. */
import type { OnnxGraph } from "../onnx-graph.ts";

export function graphLines({ nodes }: OnnxGraph): string[] {
  return nodes.map(({ opType, inputs, outputs, attributes }) => {
    const settings = [...attributes].map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    return `${outputs.join(", ")} = ${opType}(${inputs.join(", ")})${settings.join("")}`;
  });
}
