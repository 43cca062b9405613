/**
 * The messages of ONNX, as far as models of tensors need them: models of sequences and maps, functions, subgraphs and
 * training information have fields that are not here.
 *
 * Source: onnx.proto of ONNX 1.19, https://github.com/onnx/onnx.
 */
import { bytes, double, float, int64, message, optional, packed, repeated, text } from "../protobuf/message.ts";
import type { Message, PartialMessage } from "../protobuf/message.ts";

const stringPair = { key: optional(1, text), value: optional(2, text) };

const operatorSet = { domain: optional(1, text), version: optional(2, int64) };

const tensor = {
  dims: packed(1, int64),
  dataType: optional(2, int64),
  floatData: packed(4, float),
  int32Data: packed(5, int64),
  int64Data: packed(7, int64),
  name: optional(8, text),
  rawData: optional(9, bytes),
  doubleData: packed(10, double),
  externalData: repeated(13, message(stringPair)),
  dataLocation: optional(14, int64),
};

const attribute = {
  name: optional(1, text),
  f: optional(2, float),
  i: optional(3, int64),
  s: optional(4, bytes),
  t: optional(5, message(tensor)),
  floats: packed(7, float),
  ints: packed(8, int64),
  strings: repeated(9, bytes),
  type: optional(20, int64),
};

const node = {
  input: repeated(1, text),
  output: repeated(2, text),
  name: optional(3, text),
  opType: optional(4, text),
  attribute: repeated(5, message(attribute)),
  domain: optional(7, text),
};

const dimension = { value: optional(1, int64), parameter: optional(2, text) };

const valueInfo = {
  name: optional(1, text),
  type: optional(
    2,
    message({
      tensorType: optional(
        1,
        message({
          elementType: optional(1, int64),
          shape: optional(2, message({ dim: repeated(1, message(dimension)) })),
        }),
      ),
    }),
  ),
};

const graph = {
  node: repeated(1, message(node)),
  name: optional(2, text),
  initializer: repeated(5, message(tensor)),
  input: repeated(11, message(valueInfo)),
  output: repeated(12, message(valueInfo)),
  sparseInitializer: repeated(15, bytes),
};

/** A model file: the graph, and the version of the operators that it is written in. */
export const modelMessage = {
  irVersion: optional(1, int64),
  producerName: optional(2, text),
  producerVersion: optional(3, text),
  graph: optional(7, message(graph)),
  opsetImport: repeated(8, message(operatorSet)),
};

export type ModelMessage = Message<typeof modelMessage>;
export type TensorMessage = Message<typeof tensor>;
export type WrittenTensor = PartialMessage<typeof tensor>;
export type AttributeMessage = Message<typeof attribute>;
export type WrittenAttribute = PartialMessage<typeof attribute>;
export type NodeMessage = Message<typeof node>;
export type ValueInfoMessage = Message<typeof valueInfo>;
export type WrittenValueInfo = PartialMessage<typeof valueInfo>;

/** TensorProto.DataType */
export const dataTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
} as const;

/** AttributeProto.AttributeType */
export const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 } as const;
