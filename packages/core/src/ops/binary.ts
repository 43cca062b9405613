/** Element-wise ops of two operands, with NumPy's broadcasting; a number stands for a constant. */
import * as lanes from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import type { Node } from "../graph/node.ts";
import { greater, where } from "./compare.ts";
import { defineBinary } from "./define-elementwise.ts";

/** a + b */
export const add = defineBinary({
  name: "add",
  map: (_, a, b) => lanes.add(a, b),
  reference: (a, b) => a + b,
  // da = g, db = g
  gradient: ({ g }) => [g, g],
  onnx: "Add",
});

/** a − b */
export const sub = defineBinary({
  name: "sub",
  map: (_, a, b) => lanes.sub(a, b),
  reference: (a, b) => a - b,
  // da = g, db = −g
  gradient: ({ g }) => [g, mul(g, -1)],
  onnx: "Sub",
});

/** a · b */
export const mul = defineBinary({
  name: "mul",
  map: (_, a, b) => lanes.mul(a, b),
  reference: (a, b) => a * b,
  // da = g · b, db = g · a
  gradient: ({ g }, a, b) => [mul(g, b), mul(g, a)],
  onnx: "Mul",
});

/** a / b */
export const div = defineBinary({
  name: "div",
  map: (_, a, b) => lanes.div(a, b),
  reference: (a, b) => a / b,
  // da = g / b, db = −g · y / b
  gradient: ({ y, g }, _, b) => [div(g, b), div(mul(mul(g, y), -1), b)],
  onnx: "Div",
});

/** The larger of a and b; where they are equal, the gradient is the first operand's. NaN if either is NaN. */
export const maximum = defineBinary({
  name: "maximum",
  map: (_, a, b) => maximumOfLanes(a, b),
  reference: (a, b) => Math.max(a, b),
  // da = g where a ≥ b, db = g elsewhere
  gradient: ({ g }, a, b) => chosen(g, greater(b, a)),
  onnx: "Max",
});

/** The smaller of a and b; where they are equal, the gradient is the first operand's. NaN if either is NaN. */
export const minimum = defineBinary({
  name: "minimum",
  map: (_, a, b) => minimumOfLanes(a, b),
  reference: (a, b) => Math.min(a, b),
  // da = g where a ≤ b, db = g elsewhere
  gradient: ({ g }, a, b) => chosen(g, greater(a, b)),
  onnx: "Min",
});

/** `x` kept between two numbers. The gradient passes where low ≤ x ≤ high and is 0 outside. */
export function clip(x: Node, low: number, high: number): Node {
  return minimum(maximum(x, low), high);
}

/** The larger of each pair of lanes; NaN if either is NaN. */
export function maximumOfLanes(a: Vec, b: Vec): Vec {
  return withNaN(lanes.max, a, b);
}

function minimumOfLanes(a: Vec, b: Vec): Vec {
  return withNaN(lanes.min, a, b);
}

/**
 * The lanes' minimum and maximum return the first operand where either is NaN. Both orders give the same bits except then, and
 * NaN or-ed with anything is NaN.
 */
function withNaN(extreme: (a: Vec, b: Vec) => Vec, a: Vec, b: Vec): Vec {
  if (b.kind === "float") return extreme(a, b);
  if (a.kind === "float") return extreme(b, a);
  return lanes.or(extreme(a, b), extreme(b, a));
}

/** The gradient goes to the first operand, or to the second where `second` is 1. */
function chosen(g: Node, second: Node): [Node, Node] {
  return [where(second, 0, g), where(second, g, 0)];
}
