/**
 * Defines element-wise ops in a few lines each: how a lane vector and a number are computed, the gradient, and the name in
 * ONNX. Broadcasting and its undoing in gradients are the same for all of them and live here.
 */
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Vec } from "../kernel/vec.ts";
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { GradRule, OnnxContext, Op } from "../graph/op.ts";
import { alignedOnnxInput, broadcastPositions, broadcastTypes } from "./broadcast.ts";
import { constant } from "./leaf.ts";
import { sumTo } from "./sum.ts";

/** A node, or a number that stands for a constant. */
export type Operand = Node | number;

interface ElementwiseDefinition<Operands extends readonly unknown[], Gradients> {
  readonly name: string;
  map(k: KernelBuilder, ...operands: { [I in keyof Operands]: Vec }): Vec;
  /** Whether `map` makes many instructions. */
  readonly long?: boolean;
  reference(...operands: { [I in keyof Operands]: number }): number;
  /**
   * The gradients of the operands, from `g`, that of the result `y`. Each may have the shape of the result: it is then
   * summed over what broadcasting copied. "zero" where the result has no slope.
   */
  readonly gradient:
    | ((context: { readonly y: Node; readonly g: Node }, ...operands: { [I in keyof Operands]: Node }) => Gradients)
    | "zero";
  /** The operator's name, or how it is written. */
  readonly onnx: string | ((context: OnnxContext<undefined>, ...operands: { [I in keyof Operands]: string }) => string);
}

export function defineUnary(definition: ElementwiseDefinition<[x: unknown], Node>): (x: Node) => Node {
  const { gradient } = definition;
  const op = defineOp(
    definition,
    gradient === "zero" ? gradient : (context, ...operands: [x: Node]) => [gradient(context, ...operands)],
  );
  return (x) => apply(op, [x], undefined);
}

export function defineBinary(
  definition: ElementwiseDefinition<[a: unknown, b: unknown], readonly [Node, Node]>,
): (a: Operand, b: Operand) => Node {
  const op = defineOp(definition, definition.gradient);
  return (a, b) => apply(op, [asNode(a), asNode(b)], undefined);
}

export function defineTernary(
  definition: ElementwiseDefinition<[a: unknown, b: unknown, c: unknown], readonly [Node | undefined, Node, Node]>,
): (a: Operand, b: Operand, c: Operand) => Node {
  const op = defineOp(definition, definition.gradient);
  return (a, b, c) => apply(op, [asNode(a), asNode(b), asNode(c)], undefined);
}

function asNode(operand: Operand): Node {
  return typeof operand === "number" ? constant(operand) : operand;
}

/** The op has exactly as many operands as `Operands`; the casts below are where lists become that tuple. */
function defineOp<Operands extends readonly unknown[]>(
  definition: ElementwiseDefinition<Operands, unknown>,
  gradient:
    | ((
        context: { readonly y: Node; readonly g: Node },
        ...operands: { [I in keyof Operands]: Node }
      ) => readonly (Node | undefined)[])
    | "zero",
): Op<undefined> {
  const grad: GradRule<undefined> =
    gradient === "zero"
      ? "zero"
      : ({ node, inputs, gradient: g }) =>
          gradient({ y: node, g }, ...(inputs as unknown as { [I in keyof Operands]: Node })).map((part, i) =>
            part === undefined ? undefined : sumTo(part, inputs[i]!.type),
          );
  return {
    name: definition.name,
    infer: (types) => broadcastTypes(definition.name, types),
    grad,
    kernel: {
      kind: "map",
      map: (k, operands) => definition.map(k, ...(operands as unknown as { [I in keyof Operands]: Vec })),
      long: definition.long ?? false,
    },
    reference: ({ inputs, types, type }) => {
      const positions = types.map((from) => broadcastPositions(from.shape, type.shape));
      return Float64Array.from(positions[0]!, (_, element) => {
        const operands = inputs.map((input, i) => input[positions[i]![element]!]!);
        return definition.reference(...(operands as unknown as { [I in keyof Operands]: number }));
      });
    },
    onnx: (context) => {
      const operands = context.inputs.map((_, i) => alignedOnnxInput(context as OnnxContext<unknown>, i));
      if (typeof definition.onnx === "string") return context.node(definition.onnx, operands);
      return definition.onnx(context, ...(operands as unknown as { [I in keyof Operands]: string }));
    },
  };
}
