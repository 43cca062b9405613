/**
 * What activations and layers make of several nodes and ONNX has one operator for. A template is the graph that our own
 * code builds, with gaps for its operand and its numbers; where a model's graph has that form, the operator is written.
 */
import type { Node } from "../../../graph/node.ts";
import type { OnnxAttribute, OnnxContext } from "../../../graph/op.ts";
import { clip } from "../../../ops/elementwise.ts";
import { inputNode } from "../../../ops/leaf.ts";
import { mean } from "../../../ops/reduce.ts";
import * as activations from "../../../nn/activations/index.ts";
import { matchTemplate, numberOf } from "./match-template.ts";
import type { RecognizedOperator } from "./recognized-operator.ts";

/** Where an operator is written, and what it is written of. */
interface WriteContext extends Pick<OnnxContext<unknown>, "node" | "constant"> {
  /** The operand's name. */
  readonly x: string;
  readonly operand: Node;
  readonly result: Node;
  /** What stands in the gaps for numbers. */
  readonly numbers: readonly number[];
}

interface OperatorTemplate {
  /** The first version of ONNX's operators that has the operator. */
  readonly since: number;
  /** The graph for the operand `x`; NaN is a gap for any number. */
  build(x: Node, result: Node): Node;
  /** The node of the shape that the operand of this result would have; the result itself unless given. */
  operandLike?(result: Node): Node | undefined;
  /** Writes the operator and returns its result's name. */
  write(context: WriteContext): string;
}

const ANY = Number.NaN;

/** An operator with fixed attributes. */
function operator(
  opType: string,
  since: number,
  build: (x: Node) => Node,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OperatorTemplate {
  return { since, build: (x) => build(x), write: ({ node, x }) => node(opType, [x], attributes) };
}

/** An operator whose `alpha` is the number in the gap. */
function operatorWithAlpha(opType: string, since: number, build: (x: Node) => Node): OperatorTemplate {
  return {
    since,
    build: (x) => build(x),
    write: ({ node, x, numbers: [alpha = 1] }) => node(opType, [x], { alpha: { float: alpha } }),
  };
}

function writeClip({ node, constant, x }: WriteContext, low: number, high: number): string {
  return node("Clip", [x, constant(Float32Array.of(low), []), constant(Float32Array.of(high), [])]);
}

/** The first that fits is taken. */
const TEMPLATES: readonly OperatorTemplate[] = [
  operator("Softmax", 13, activations.softmax, { axis: -1 }),
  operator("LogSoftmax", 13, activations.logSoftmax, { axis: -1 }),
  operatorWithAlpha("LeakyRelu", 6, (x) => activations.leakyRelu(x, { negativeSlope: ANY })),
  operatorWithAlpha("Elu", 6, (x) => activations.elu(x, { alpha: ANY })),
  operatorWithAlpha("Celu", 12, (x) => activations.celu(x, { alpha: ANY })),
  operator("Selu", 6, activations.selu),
  operator("Softsign", 1, activations.softsign),
  operator("Mish", 18, activations.mish),
  operator("Gelu", 20, (x) => activations.gelu(x), { approximate: "none" }),
  operator("Gelu", 20, (x) => activations.gelu(x, { approximate: true }), { approximate: "tanh" }),
  operator("HardSwish", 14, activations.hardSilu),
  operator("HardSigmoid", 6, activations.hardSigmoid, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  { since: 11, build: (x) => activations.relu6(x), write: (context) => writeClip(context, 0, 6) },
  {
    since: 11,
    build: (x) => activations.relu(x, { maxValue: ANY }),
    write: (context) => writeClip(context, 0, context.numbers[0] ?? 0),
  },
  {
    since: 11,
    build: (x) => clip(x, ANY, ANY),
    write: (context) => writeClip(context, context.numbers[0] ?? 0, context.numbers[1] ?? 0),
  },
  {
    // Global average pooling: the mean over every axis but that of the channels.
    since: 13,
    operandLike: (result) => {
      const image = result.inputs[0]?.inputs[0];
      // The mean of a single pixel is a reshape, which has an operator of its own.
      return image !== undefined && image.type.shape.slice(0, -1).some((size) => size > 1) ? image : undefined;
    },
    build: (x, result) => mean(x, leadingAxes(x), { keepDims: result.type.shape.length > 1 }),
    write: ({ node, constant, x, operand, result }) => {
      const axes = leadingAxes(operand).map((axis) => axis + 1);
      return node("ReduceMean", [x, constant(BigInt64Array.from(axes, BigInt), [axes.length])], {
        keepdims: result.type.shape.length > 1 ? 1 : 0,
      });
    },
  },
];

/** All axes but the last. */
function leadingAxes(node: Node): number[] {
  return Array.from({ length: Math.max(0, node.type.shape.length - 1) }, (_, axis) => axis);
}

/** The operator of this version of ONNX that computes a node; undefined where no template fits. */
export function recognizeOperator(result: Node, opset: number): RecognizedOperator | undefined {
  for (const template of TEMPLATES) {
    const recognized = template.since <= opset ? recognize(template, result) : undefined;
    if (recognized !== undefined) return recognized;
  }
  return undefined;
}

function recognize(template: OperatorTemplate, result: Node): RecognizedOperator | undefined {
  const { shape } = (template.operandLike === undefined ? result : template.operandLike(result))?.type ?? {};
  // Softmax needs an axis to work along, and a mean one to take it over.
  if (shape === undefined || shape.length === 0) return undefined;
  const gap = inputNode("operand", shape);
  const graph = template.build(gap, result);
  const filling = graph === gap ? undefined : matchTemplate(graph, result, [gap]);
  const operand = filling?.get(gap);
  if (filling === undefined || operand === undefined) return undefined;
  const numbers = [...filling].flatMap(([key, node]) => (key === gap ? [] : [numberOf(node) ?? 0]));
  return {
    operands: [operand],
    write: (writer, [x = ""]) => template.write({ ...writer, x, operand, result, numbers }),
  };
}
