/** Opcodes of the instructions that kernels are rendered to, by the operation's name in the kernel language. */
import type { BinaryOperation, ShiftOperation, UnaryOperation } from "../vec.ts";

export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32LtS: 0x48,
  i32GtS: 0x4a,
  i32GeS: 0x4e,
  i32Add: 0x6a,
  i32Mul: 0x6c,
  i32DivU: 0x6e,
  i32RemU: 0x70,
  i32Shl: 0x74,
} as const;

export const EMPTY_BLOCK = 0x40;
export const SIMD_PREFIX = 0xfd;
export const BULK_PREFIX = 0xfc;
export const MEMORY_FILL = 11;

export const SIMD = {
  load: 0,
  load32Splat: 9,
  store: 11,
  constant: 12,
  shuffle: 13,
  i32x4Splat: 17,
  i32x4ExtractLane: 27,
  not: 77,
  bitselect: 82,
  load32Lane: 86,
  store32Lane: 90,
  load32Zero: 92,
  i64x2ExtMulLowU: 222,
  i64x2ExtMulHighU: 223,
  f32x4Add: 228,
  f32x4Mul: 230,
  f32x4RelaxedMadd: 0x105,
} as const;

export const UNARY: Readonly<Record<UnaryOperation, number>> = {
  neg: 225,
  abs: 224,
  sqrt: 227,
  floor: 104,
  nearest: 106,
  not: SIMD.not,
  truncToInt: 248,
  intToFloat: 250,
  unsignedToFloat: 251,
};

/** `intMulHigh` has no instruction of its own and is composed. */
export const BINARY: Readonly<Record<Exclude<BinaryOperation, "intMulHigh">, number>> = {
  add: SIMD.f32x4Add,
  sub: 229,
  mul: SIMD.f32x4Mul,
  div: 231,
  min: 234,
  max: 235,
  equal: 65,
  less: 67,
  lessEqual: 69,
  and: 78,
  or: 80,
  xor: 81,
  intAdd: 174,
  intSub: 177,
  intMul: 181,
};

export const SHIFT: Readonly<Record<ShiftOperation, number>> = {
  shiftLeft: 171,
  shiftRight: 172,
  shiftRightUnsigned: 173,
};
