/** Leaves: where values enter a graph. */
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";

export interface LeafAttributes {
  readonly name: string;
  readonly shape: Shape;
}

const noReference = (): never => {
  throw new Error("a leaf has no reference: its value is given");
};
const print = ({ name }: LeafAttributes): string => JSON.stringify(name);
const onnx = { unsupported: "leaves are written by the exporter" };

const inputOp: Op<LeafAttributes> = {
  name: "input",
  infer: (_, { shape }) => perSample(shape),
  grad: "zero",
  kernel: { kind: "leaf", source: "input" },
  reference: noReference,
  onnx,
  print,
};

const parameterOp: Op<LeafAttributes> = {
  name: "parameter",
  infer: (_, { shape }) => shared(shape),
  grad: "zero",
  kernel: { kind: "leaf", source: "parameter" },
  reference: noReference,
  onnx,
  print,
};

const scalarOp: Op<{ readonly name: string }> = {
  name: "scalar",
  infer: () => shared([]),
  grad: "zero",
  kernel: { kind: "leaf", source: "scalar" },
  reference: noReference,
  onnx,
  print: ({ name }) => JSON.stringify(name),
};

const constantOp: Op<{ readonly value: number }> = {
  name: "constant",
  infer: () => shared([]),
  grad: "zero",
  kernel: { kind: "constant", value: ({ value }) => value },
  reference: ({ attributes }) => Float64Array.of(attributes.value),
  onnx: ({ attributes, constant: tensor }) => tensor(Float32Array.of(attributes.value), []),
  print: ({ value }) => String(value),
};

/** One sample of data, of the given shape. */
export function inputNode(name: string, shape: Shape): Node {
  return apply(inputOp, [], { name, shape });
}

/** A tensor that is kept between runs and that updates may change: weights, optimizer state. */
export function parameterNode(name: string, shape: Shape): Node {
  return apply(parameterOp, [], { name, shape });
}

/** A number given to each run: a learning rate. */
export function scalarNode(name: string): Node {
  return apply(scalarOp, [], { name });
}

/** A fixed number. */
export function constant(value: number): Node {
  return apply(constantOp, [], { value });
}

export function leafName(node: Node): string {
  return (node.attributes as LeafAttributes).name;
}
