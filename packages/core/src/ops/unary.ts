/** Element-wise ops of one operand. Where the result gives the gradient more cheaply than the operand, it is used. */
import * as math from "../kernel/math.ts";
import * as lanes from "../kernel/vec.ts";
import type { Node } from "../graph/node.ts";
import { div, mul, sub } from "./binary.ts";
import { greater, where } from "./compare.ts";
import { defineUnary } from "./define-elementwise.ts";
import { erfReference } from "./erf-reference.ts";

/** −x */
export const neg = defineUnary({
  name: "neg",
  map: (_, x) => lanes.neg(x),
  reference: (x) => -x,
  // dx = −g
  gradient: ({ g }) => neg(g),
  onnx: "Neg",
});

/** |x|, with gradient 0 at 0. */
export const abs = defineUnary({
  name: "abs",
  map: (_, x) => lanes.abs(x),
  reference: Math.abs,
  // dx = g · sign(x)
  gradient: ({ g }, x) => mul(g, sign(x)),
  onnx: "Abs",
});

/** −1, 0 or 1. */
export const sign = defineUnary({
  name: "sign",
  map: (_, x) => {
    const one = lanes.or(lanes.and(x, lanes.int(0x80000000)), lanes.float(1));
    return lanes.select(lanes.less(lanes.float(0), lanes.abs(x)), one, x);
  },
  reference: Math.sign,
  gradient: "zero",
  onnx: "Sign",
});

/** √x */
export const sqrt = defineUnary({
  name: "sqrt",
  map: (_, x) => lanes.sqrt(x),
  reference: Math.sqrt,
  // dx = g / (2y)
  gradient: ({ y, g }) => div(mul(g, 0.5), y),
  onnx: "Sqrt",
});

/** x² */
export const square = defineUnary({
  name: "square",
  map: (_, x) => lanes.mul(x, x),
  reference: (x) => x * x,
  // dx = g · 2x
  gradient: ({ g }, x) => mul(mul(g, 2), x),
  onnx: ({ node }, x) => node("Mul", [x, x]),
});

/** 1/x */
export const reciprocal = defineUnary({
  name: "reciprocal",
  map: (_, x) => lanes.div(lanes.float(1), x),
  reference: (x) => 1 / x,
  // dx = −g · y²
  gradient: ({ y, g }) => mul(neg(g), square(y)),
  onnx: "Reciprocal",
});

/** ⌊x⌋ */
export const floor = defineUnary({
  name: "floor",
  map: (_, x) => lanes.floor(x),
  reference: Math.floor,
  gradient: "zero",
  onnx: "Floor",
});

/** eˣ */
export const exp = defineUnary({
  name: "exp",
  map: math.exp,
  long: true,
  reference: Math.exp,
  // dx = g · y
  gradient: ({ y, g }) => mul(g, y),
  onnx: "Exp",
});

/** The natural logarithm: −∞ at 0, NaN below. */
export const log = defineUnary({
  name: "log",
  map: math.log,
  long: true,
  reference: Math.log,
  // dx = g / x
  gradient: ({ g }, x) => div(g, x),
  onnx: "Log",
});

/** tanh x */
export const tanh = defineUnary({
  name: "tanh",
  map: math.tanh,
  long: true,
  reference: Math.tanh,
  // dx = g · (1 − y²)
  gradient: ({ y, g }) => mul(g, sub(1, square(y))),
  onnx: "Tanh",
});

/** 1 / (1 + e⁻ˣ) */
export const sigmoid = defineUnary({
  name: "sigmoid",
  map: math.sigmoid,
  long: true,
  reference: (x) => 1 / (1 + Math.exp(-x)),
  // dx = g · y · (1 − y)
  gradient: ({ y, g }) => mul(g, mul(y, sub(1, y))),
  onnx: "Sigmoid",
});

/** log(1 + eˣ) */
export const softplus = defineUnary({
  name: "softplus",
  map: math.softplus,
  long: true,
  reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  // dx = g · sigmoid(x)
  gradient: ({ g }, x) => mul(g, sigmoid(x)),
  onnx: "Softplus",
});

/** max(x, 0), with gradient 0 at 0. */
export const relu = defineUnary({
  name: "relu",
  map: (_, x) => lanes.max(x, lanes.float(0)),
  reference: (x) => Math.max(x, 0),
  // dx = g where y > 0, else 0
  gradient: ({ y, g }) => where(greater(y, 0), g, 0),
  onnx: "Relu",
});

/** The error function, 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf = defineUnary({
  name: "erf",
  map: math.erf,
  long: true,
  reference: erfReference,
  // dx = g · 2/√π · e^(−x²)
  gradient: ({ g }, x) => mul(g, mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))),
  onnx: "Erf",
});

/** sin 2πx: the sine of an angle given in turns, exact at quarter turns. Precise for |x| ≤ 2¹⁹. */
export const sinTurns = defineUnary({
  name: "sinTurns",
  map: (k, x) => math.sinCosTurns(k, x).sin,
  long: true,
  reference: (x) => Math.sin(2 * Math.PI * x),
  // dx = g · 2π · cos 2πx
  gradient: ({ g }, x) => mul(g, mul(cosTurns(x), 2 * Math.PI)),
  onnx: ({ node, constant }, x) => node("Sin", [node("Mul", [x, constant(Float32Array.of(2 * Math.PI), [])])]),
});

/** cos 2πx: the cosine of an angle given in turns, exact at quarter turns. Precise for |x| ≤ 2¹⁹. */
export const cosTurns = defineUnary({
  name: "cosTurns",
  map: (k, x) => math.sinCosTurns(k, x).cos,
  long: true,
  reference: (x) => Math.cos(2 * Math.PI * x),
  // dx = −g · 2π · sin 2πx
  gradient: ({ g }, x) => mul(g, mul(sinTurns(x), -2 * Math.PI)),
  onnx: ({ node, constant }, x) => node("Cos", [node("Mul", [x, constant(Float32Array.of(2 * Math.PI), [])])]),
});

/** xᵖ for a fixed p: products for whole p, roots for halves, else e^(p · log x), which is for positive x. */
export function pow(x: Node, p: number): Node {
  if (p < 0) return reciprocal(pow(x, -p));
  if (p % 1 === 0.5) return p === 0.5 ? sqrt(x) : mul(pow(x, p - 0.5), sqrt(x));
  if (p % 1 !== 0) return exp(mul(log(x), p));
  if (p === 0) return where(0, x, 1);
  if (p === 1) return x;
  const even = square(pow(x, Math.floor(p / 2)));
  return p % 2 === 0 ? even : mul(even, x);
}
