/** From the bytes of an ONNX file, which may come from anywhere, to a graph that holds together. */
import { decodeMessage } from "../protobuf/message.ts";
import { ProtobufError } from "../protobuf/protobuf-error.ts";
import { attributeTypes, dataTypes, modelMessage } from "./messages.ts";
import type { AttributeMessage, ModelMessage, NodeMessage, ValueInfoMessage } from "./messages.ts";
import { OnnxFileError } from "./onnx-file-error.ts";
import type { OnnxAttributeValue, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from "./onnx-graph.ts";
import { dataTypeName, readTensor } from "./tensor-data.ts";

/** In older ones, operators that are used here meant something else. */
const OLDEST_OPSET = 7;
const FLOATS: ReadonlySet<number | undefined> = new Set([dataTypes.float32, dataTypes.float16, dataTypes.float64]);

/**
 * The graph of a model file.
 *
 * @throws OnnxFileError when the bytes are not a whole ONNX model, or one that no graph of tensors can hold.
 */
export function decodeModel(file: Uint8Array): OnnxGraph {
  const model = parse(file);
  const { graph } = model;
  if (graph === undefined || graph.node.length + graph.output.length === 0) {
    throw new OnnxFileError(
      `the ${file.length} bytes hold no graph; they are no ONNX model, or one that was cut short`,
    );
  }
  if (graph.sparseInitializer.length > 0) throw new OnnxFileError("the model has sparse weights, which cannot be read");
  const constants = new Map(
    graph.initializer.map((tensor): [string, OnnxTensor] => {
      const name = tensor.name ?? "";
      return [name, readTensor(tensor, `the constant "${name}"`)];
    }),
  );
  const decoded: OnnxGraph = {
    name: graph.name ?? "",
    opset: opsetOf(model),
    // Old files list the constants among the inputs, too.
    inputs: graph.input.filter(({ name }) => !constants.has(name ?? "")).map(decodeInput),
    outputs: graph.output.map(decodeValue),
    nodes: graph.node.map(decodeNode),
    constants,
  };
  checkOrder(decoded);
  return decoded;
}

function parse(file: Uint8Array): ModelMessage {
  try {
    return decodeMessage(modelMessage, file);
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw new OnnxFileError(`the file is no ONNX model, or it is damaged: ${error.message}`, { cause: error });
  }
}

function opsetOf({ opsetImport }: ModelMessage): number {
  const version = opsetImport.find(({ domain }) => isDefaultDomain(domain))?.version;
  if (version === undefined)
    throw new OnnxFileError("the model does not say which version of ONNX's operators it uses");
  if (version >= OLDEST_OPSET) return version;
  throw new OnnxFileError(
    `the model uses version ${version} of ONNX's operators; from version ${OLDEST_OPSET} on they can be read. ` +
      "Convert it with onnx.version_converter",
  );
}

function isDefaultDomain(domain: string | undefined): boolean {
  return domain === undefined || domain === "" || domain === "ai.onnx";
}

function decodeNode({ name = "", opType = "", domain, input, output, attribute }: NodeMessage): OnnxNode {
  const what = `the node "${name}" (${opType})`;
  if (!isDefaultDomain(domain)) {
    throw new OnnxFileError(
      `${what} is an operator of "${domain}", which ONNX itself does not have; export the model with standard operators`,
    );
  }
  if (opType === "" || output.length === 0) throw new OnnxFileError(`${what} has no operator or no output`);
  const attributes = attribute.map((given) => [given.name ?? "", decodeAttribute(given, what)] as const);
  return { name, opType, inputs: input, outputs: output, attributes: new Map(attributes) };
}

const ATTRIBUTE_DECODERS: Readonly<Record<number, (given: AttributeMessage, what: string) => OnnxAttributeValue>> = {
  [attributeTypes.float]: ({ f = 0 }) => ({ float: f }),
  [attributeTypes.int]: ({ i = 0 }) => i,
  [attributeTypes.string]: ({ s }) => decodeText(s),
  [attributeTypes.floats]: ({ floats }) => ({ floats }),
  [attributeTypes.ints]: ({ ints }) => ints,
  [attributeTypes.strings]: ({ strings }) => ({ strings: strings.map(decodeText) }),
  [attributeTypes.tensor]: ({ t }, what) => {
    if (t === undefined) throw new OnnxFileError(`${what} lacks its tensor; the file is damaged`);
    return { tensor: readTensor(t, what) };
  },
};

function decodeAttribute(given: AttributeMessage, node: string): OnnxAttributeValue {
  const what = `the attribute "${given.name ?? ""}" of ${node}`;
  const decode = ATTRIBUTE_DECODERS[given.type ?? 0];
  if (decode !== undefined) return decode(given, what);
  throw new OnnxFileError(
    `${what} is of kind ${given.type ?? 0}; numbers, texts and tensors can be read, subgraphs (If, Loop, Scan) cannot`,
  );
}

function decodeText(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function decodeInput(info: ValueInfoMessage): OnnxValue {
  const elementType = info.type?.tensorType?.elementType;
  if (FLOATS.has(elementType)) return decodeValue(info);
  throw new OnnxFileError(
    `the input "${info.name ?? ""}" takes values of type ${dataTypeName(elementType)}; tensors of floats can be read`,
  );
}

function decodeValue({ name = "", type }: ValueInfoMessage): OnnxValue {
  // A size that is not positive stands for an open one.
  const dims = type?.tensorType?.shape?.dim.map(({ value = 0 }) => (value > 0 ? value : undefined));
  return { name, dims };
}

/** Every value must be made once, and before it is used: then the graph has no cycle. */
function checkOrder({ inputs, outputs, nodes, constants }: OnnxGraph): void {
  const known = new Set([...constants.keys(), ...inputs.map(({ name }) => name)]);
  const demand = (name: string, user: string): void => {
    if (name === "" || known.has(name)) return;
    throw new OnnxFileError(
      `${user} needs "${name}", which nothing before it makes; the nodes are not in order, form a cycle, or are damaged`,
    );
  };
  for (const { name, opType, inputs: operands, outputs: results } of nodes) {
    for (const operand of operands) demand(operand, `the node "${name}" (${opType})`);
    for (const result of results) {
      if (known.has(result)) throw new OnnxFileError(`"${result}" is made twice; the file is damaged`);
      if (result !== "") known.add(result);
    }
  }
  for (const { name } of outputs) {
    if (name === "") throw new OnnxFileError("an output of the model has no name; the file is damaged");
    demand(name, "the model's output");
  }
}
