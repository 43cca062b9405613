/** Writes a graph as ONNX nodes in text: one line for each, `name = Operator(inputs) attribute=value …`. */
import { topologicalOrder } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import { leafName } from "../leaf.ts";

export function printOnnx(output: Node): string[] {
  const lines: string[] = [];
  const names = new Map<Node, string>();
  const nextName = (): string => `%${lines.length}`;
  for (const node of topologicalOrder([output])) {
    const { op, inputs, attributes, type } = node;
    if (op.kernel.kind === "leaf") {
      names.set(node, leafName(node));
      continue;
    }
    if (typeof op.onnx !== "function") throw new Error(`${op.name}: ${op.onnx.unsupported}`);
    const name = op.onnx({
      inputs: inputs.map((input) => names.get(input)!),
      types: inputs.map((input) => input.type),
      attributes,
      type,
      node(opType, operands, options = {}) {
        const result = nextName();
        const settings = Object.entries(options).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
        lines.push(`${result} = ${opType}(${operands.join(", ")})${settings.join("")}`);
        return result;
      },
      constant: (value, shape) =>
        `${value instanceof BigInt64Array ? "int64" : "float"}[${shape.join(", ")}]{${value.join(", ")}}`,
    });
    names.set(node, name);
  }
  return lines;
}
