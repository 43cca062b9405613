/** From a graph to the bytes of an ONNX file. */
import { encodeMessage } from "../protobuf/message.ts";
import { attributeTypes, dataTypes, modelMessage } from "./messages.ts";
import type { WrittenAttribute, WrittenValueInfo } from "./messages.ts";
import type { OnnxAttributeValue, OnnxGraph, OnnxValue } from "./onnx-graph.ts";
import { writeTensor } from "./tensor-data.ts";

/** What the open size of a batch is called. */
const BATCH = "batch";

/**
 * The version of the file format that came with each version of the operators, as the table of versions in the ONNX
 * repository (docs/Versioning.md) has them.
 */
const IR_VERSIONS: Readonly<Record<number, number>> = {
  13: 7,
  14: 7,
  15: 8,
  16: 8,
  17: 8,
  18: 8,
  19: 9,
  20: 9,
  21: 10,
  22: 10,
  23: 11,
  24: 12,
};

/** The versions of the operators that can be written. */
export const writtenOpsets: readonly number[] = Object.keys(IR_VERSIONS).map(Number);

/** The bytes of a model file; the same for the same graph. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  return encodeMessage(modelMessage, {
    irVersion: IR_VERSIONS[graph.opset],
    producerName: "sandglass",
    opsetImport: [{ domain: "", version: graph.opset }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(encodeValue),
      output: graph.outputs.map(encodeValue),
      initializer: [...graph.constants].map(([name, tensor]) => writeTensor(tensor, name)),
      node: graph.nodes.map(({ name, opType, inputs, outputs, attributes }) => ({
        name,
        opType,
        input: inputs,
        output: outputs,
        attribute: [...attributes].map(([key, value]) => encodeAttribute(key, value)),
      })),
    },
  });
}

function encodeValue({ name, dims }: OnnxValue): WrittenValueInfo {
  const shape = dims && { dim: dims.map((size) => (size === undefined ? { parameter: BATCH } : { value: size })) };
  return { name, type: { tensorType: { elementType: dataTypes.float32, shape } } };
}

function encodeAttribute(name: string, value: OnnxAttributeValue): WrittenAttribute {
  if (typeof value === "number") return { name, type: attributeTypes.int, i: value };
  if (typeof value === "string") return { name, type: attributeTypes.string, s: encodeText(value) };
  if ("float" in value) return { name, type: attributeTypes.float, f: value.float };
  if ("floats" in value) return { name, type: attributeTypes.floats, floats: value.floats };
  if ("strings" in value) return { name, type: attributeTypes.strings, strings: value.strings.map(encodeText) };
  if ("tensor" in value) return { name, type: attributeTypes.tensor, t: writeTensor(value.tensor) };
  return { name, type: attributeTypes.ints, ints: value };
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
