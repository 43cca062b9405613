/**
 * Values of the kernel language: expressions over vectors of four 32-bit lanes.
 *
 * A lane is usually one sample of the micro-batch; in kernels over shared tensors it is one element. Masks are vectors
 * whose lanes are all ones or all zeros. Integer operations read the same four lanes as 32-bit integers.
 */
import type { Index } from "./index-expr.ts";

export type UnaryOperation =
  "neg" | "abs" | "sqrt" | "floor" | "nearest" | "not" | "truncToInt" | "intToFloat" | "unsignedToFloat";

export type BinaryOperation =
  | "add"
  | "sub"
  | "mul"
  | "div"
  /** b < a ? b : a; the first operand where either is NaN. */
  | "min"
  /** a < b ? b : a; the first operand where either is NaN. */
  | "max"
  | "equal"
  | "less"
  | "lessEqual"
  | "and"
  | "or"
  | "xor"
  | "intAdd"
  | "intSub"
  | "intMul"
  /** The high 32 bits of the unsigned 64-bit product. */
  | "intMulHigh";

export type ShiftOperation = "shiftLeft" | "shiftRight" | "shiftRightUnsigned";

/** Which lanes of `a` (0–3) and `b` (4–7) make up the result. */
export type LanePattern = readonly [number, number, number, number];

export type Vec =
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "int"; readonly value: number }
  /** Four consecutive 32-bit values at a byte address. */
  | { readonly kind: "load"; readonly address: Index }
  /** One 32-bit value at a byte address, in all four lanes. */
  | { readonly kind: "splat"; readonly address: Index }
  /** For each lane the 32-bit value at a byte address of its own. */
  | ({ readonly kind: "gather" } & LaneAddresses)
  /** An index, in all four lanes, as integer. */
  | { readonly kind: "index"; readonly index: Index }
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "unary"; readonly op: UnaryOperation; readonly a: Vec }
  | { readonly kind: "binary"; readonly op: BinaryOperation; readonly a: Vec; readonly b: Vec }
  | { readonly kind: "shift"; readonly op: ShiftOperation; readonly a: Vec; readonly bits: number }
  | { readonly kind: "multiplyAdd"; readonly a: Vec; readonly b: Vec; readonly c: Vec }
  | { readonly kind: "select"; readonly mask: Vec; readonly a: Vec; readonly b: Vec }
  | { readonly kind: "shuffle"; readonly lanes: LanePattern; readonly a: Vec; readonly b: Vec };

/** Byte addresses that differ from lane to lane: lane l means `address + offsets[l] + l · laneBytes`. */
export interface LaneAddresses {
  readonly address: Index;
  /** Integers that are never negative. */
  readonly offsets: Vec;
  /** From a lane to the next where the offsets are equal: 4 in tensors per sample, 0 in shared ones. */
  readonly laneBytes: 0 | 4;
}

/** A named value of a kernel: assigned once by `let`, or repeatedly where it is an accumulator. */
export interface Local {
  readonly id: number;
}

const unary =
  (op: UnaryOperation) =>
  (a: Vec): Vec => ({ kind: "unary", op, a });
const binary =
  (op: BinaryOperation) =>
  (a: Vec, b: Vec): Vec => ({ kind: "binary", op, a, b });
const shift =
  (op: ShiftOperation) =>
  (a: Vec, bits: number): Vec => ({ kind: "shift", op, a, bits });

export const float = (value: number): Vec => ({ kind: "float", value: Math.fround(value) });
export const int = (value: number): Vec => ({ kind: "int", value: value | 0 });
export const load = (address: Index): Vec => ({ kind: "load", address });
export const splat = (address: Index): Vec => ({ kind: "splat", address });
export const gather = (from: LaneAddresses): Vec => ({ kind: "gather", ...from });
export const indexVec = (index: Index): Vec => ({ kind: "index", index });

export const neg = unary("neg");
export const abs = unary("abs");
export const sqrt = unary("sqrt");
export const floor = unary("floor");
export const nearest = unary("nearest");
export const not = unary("not");
export const truncToInt = unary("truncToInt");
export const intToFloat = unary("intToFloat");
export const unsignedToFloat = unary("unsignedToFloat");

export const add = binary("add");
export const sub = binary("sub");
export const mul = binary("mul");
export const div = binary("div");
export const min = binary("min");
export const max = binary("max");
export const equal = binary("equal");
export const less = binary("less");
export const lessEqual = binary("lessEqual");
export const and = binary("and");
export const or = binary("or");
export const xor = binary("xor");
export const intAdd = binary("intAdd");
export const intSub = binary("intSub");
export const intMul = binary("intMul");
export const intMulHigh = binary("intMulHigh");

export const shiftLeft = shift("shiftLeft");
export const shiftRight = shift("shiftRight");
export const shiftRightUnsigned = shift("shiftRightUnsigned");

/** a · b + c: one rounding where the host multiplies and adds at once, two where it does not. */
export const multiplyAdd = (a: Vec, b: Vec, c: Vec): Vec => ({ kind: "multiplyAdd", a, b, c });
/** a where the mask is set, else b. */
export const select = (mask: Vec, a: Vec, b: Vec): Vec => ({ kind: "select", mask, a, b });
export const shuffle = (lanes: LanePattern, a: Vec, b: Vec): Vec => ({ kind: "shuffle", lanes, a, b });

/** The values that an expression is computed from. */
export function operands(vec: Vec): readonly Vec[] {
  let found: readonly Vec[];
  switch (vec.kind) {
    case "unary":
    case "shift":
      found = [vec.a];
      break;
    case "binary":
    case "shuffle":
      found = [vec.a, vec.b];
      break;
    case "multiplyAdd":
      found = [vec.a, vec.b, vec.c];
      break;
    case "select":
      found = [vec.a, vec.b, vec.mask];
      break;
    case "gather":
      found = [vec.offsets];
      break;
    case "float":
    case "int":
    case "load":
    case "splat":
    case "index":
    case "local":
      found = [];
      break;
  }
  return found;
}
