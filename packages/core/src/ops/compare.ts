/** Comparisons, whose results are the numbers 1 and 0, and the choice between two operands. */
import { and, equal as equalLanes, float, less, lessEqual, select } from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import type { OnnxContext } from "../graph/op.ts";
import { defineBinary, defineTernary } from "./define-elementwise.ts";

const ONNX_FLOAT = 1;
const ONNX_BOOL = 9;

/** 1 where the mask is set, else 0. */
const oneWhere = (mask: Vec): Vec => and(mask, float(1));

/** The mask of lanes that are not zero; that of a comparison is found again instead of computed. */
function maskOf(condition: Vec): Vec | undefined {
  const isComparison = condition.kind === "binary" && condition.op === "and";
  return isComparison && condition.b.kind === "float" && condition.b.value === 1 ? condition.a : undefined;
}

const asFloat =
  (operator: string) =>
  (context: OnnxContext<undefined>, a: string, b: string): string =>
    context.node("Cast", [context.node(operator, [a, b])], { to: ONNX_FLOAT });

/** 1 where a > b, else 0. */
export const greater = defineBinary({
  name: "greater",
  map: (_, a, b) => oneWhere(less(b, a)),
  reference: (a, b) => (a > b ? 1 : 0),
  gradient: "zero",
  onnx: asFloat("Greater"),
});

/** 1 where a ≥ b, else 0. */
export const greaterEqual = defineBinary({
  name: "greaterEqual",
  map: (_, a, b) => oneWhere(lessEqual(b, a)),
  reference: (a, b) => (a >= b ? 1 : 0),
  gradient: "zero",
  onnx: asFloat("GreaterOrEqual"),
});

/** 1 where a = b, else 0. */
export const equal = defineBinary({
  name: "equal",
  map: (_, a, b) => oneWhere(equalLanes(a, b)),
  reference: (a, b) => (a === b ? 1 : 0),
  gradient: "zero",
  onnx: asFloat("Equal"),
});

/** `a` where `condition` is not zero, else `b`. */
export const where = defineTernary({
  name: "where",
  map: (_, condition, a, b) => {
    const mask = maskOf(condition);
    return mask === undefined ? select(equalLanes(condition, float(0)), b, a) : select(mask, a, b);
  },
  reference: (condition, a, b) => (condition === 0 ? b : a),
  // da = g where the condition holds, db = g elsewhere
  gradient: ({ g }, condition) => [undefined, where(condition, g, 0), where(condition, 0, g)],
  onnx: (context, condition, a, b) =>
    context.node("Where", [context.node("Cast", [condition], { to: ONNX_BOOL }), a, b]),
});
