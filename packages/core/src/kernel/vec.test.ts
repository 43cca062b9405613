import { describe, expect, it } from "vitest";
import { applyLanes, mapLanes } from "./testing/map-lanes.ts";
import { MULTIPLY_ADDS } from "./testing/run-kernel.ts";
import * as lanes from "./vec.ts";
import type { Vec } from "./vec.ts";

/** A function of lane vectors of integers, applied to a few integers. */
function applyIntegers(compute: (...operands: Vec[]) => Vec, operands: readonly (readonly number[])[]): number[] {
  const map = mapLanes(4, operands.length, (_, ...vecs) => [compute(...vecs)]);
  const view = (array: Float32Array | undefined): Int32Array =>
    array === undefined ? new Int32Array() : new Int32Array(array.buffer, array.byteOffset, array.length);
  for (const [i, values] of operands.entries()) view(map.operands[i]).set(values);
  map.run();
  return [...view(map.results[0])].slice(0, operands[0]?.length);
}

describe("float operations", () => {
  const unary: readonly [string, (x: Vec) => Vec, readonly number[], readonly number[]][] = [
    ["neg", lanes.neg, [0, -1.5, Infinity, NaN], [-0, 1.5, -Infinity, NaN]],
    ["abs", lanes.abs, [-0, -1.5, -Infinity, NaN], [0, 1.5, Infinity, NaN]],
    ["sqrt", lanes.sqrt, [0.25, -0, Infinity, -1], [0.5, -0, Infinity, NaN]],
    ["floor", lanes.floor, [1.5, -1.5, -0.25, 2], [1, -2, -1, 2]],
    ["nearest", lanes.nearest, [0.5, 1.5, -2.5, 2.75], [0, 2, -2, 3]],
  ];
  it.each(unary)("%s", (_name, operation, operands, expected) => {
    expect(applyLanes((_, x) => operation(x), [operands])).toEqual(expected);
  });

  const binary: readonly [string, (a: Vec, b: Vec) => Vec, readonly number[], readonly number[], readonly number[]][] =
    [
      ["add", lanes.add, [1, 2 ** 24, Infinity, NaN], [2, 1, -Infinity, 1], [3, 2 ** 24, NaN, NaN]],
      ["sub", lanes.sub, [1, -0, Infinity, 5], [2, 0, Infinity, 7], [-1, -0, NaN, -2]],
      ["mul", lanes.mul, [3, -0, 1e30, 0], [-2, 5, 1e30, Infinity], [-6, -0, Infinity, NaN]],
      ["div", lanes.div, [1, 1, -1, 0], [4, 0, 0, 0], [0.25, Infinity, -Infinity, NaN]],
      ["min", lanes.min, [1, 5, NaN, 2], [2, -5, 1, NaN], [1, -5, NaN, 2]],
      ["max", lanes.max, [1, 5, NaN, 2], [2, -5, 1, NaN], [2, 5, NaN, 2]],
    ];
  it.each(binary)("%s", (_name, operation, left, right, expected) => {
    expect(applyLanes((_, a, b) => operation(a, b), [left, right])).toEqual(expected);
  });

  it("compares, and NaN equals nothing", () => {
    const a = [1, 2, NaN, -0];
    const b = [2, 2, NaN, 0];
    const compare = (operation: (a: Vec, b: Vec) => Vec): number[] =>
      applyLanes((_, x, y) => lanes.select(operation(x, y), lanes.float(1), lanes.float(0)), [a, b]);
    expect(compare(lanes.equal)).toEqual([0, 1, 0, 1]);
    expect(compare(lanes.less)).toEqual([1, 0, 0, 0]);
    expect(compare(lanes.lessEqual)).toEqual([1, 1, 0, 1]);
    expect(compare((x, y) => lanes.not(lanes.less(x, y)))).toEqual([0, 1, 1, 1]);
  });

  it("multiplies and adds, with two roundings unless the host fuses them", () => {
    // The exact product is 1 + 2⁻¹¹ + 2⁻²⁴, whose last bit only a fused multiply-add keeps.
    const x = 1 + 2 ** -12;
    const operands = [[x], [x], [-(1 + 2 ** -11)]];
    const apply = (relaxed: boolean): number[] =>
      applyLanes((_, a, b, c) => lanes.multiplyAdd(a, b, c), operands, relaxed);
    expect(apply(false)).toEqual([0]);
    for (const relaxed of MULTIPLY_ADDS) expect([0, 2 ** -24]).toContain(apply(relaxed)[0]);
  });

  it("takes lanes of two vectors in any order", () => {
    const shuffled = applyLanes(
      (_, a, b) => lanes.shuffle([7, 0, 3, 4], a, b),
      [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ],
    );
    expect(shuffled).toEqual([7, 0, 3, 4]);
  });
});

describe("integer operations", () => {
  const lowest = -(2 ** 31);
  const binary: readonly [string, (a: Vec, b: Vec) => Vec, readonly number[], readonly number[], readonly number[]][] =
    [
      ["intAdd", lanes.intAdd, [1, 2 ** 31 - 1, -5], [2, 1, 5], [3, lowest, 0]],
      ["intSub", lanes.intSub, [1, lowest, -5], [2, 1, 5], [-1, 2 ** 31 - 1, -10]],
      ["intMul", lanes.intMul, [7, 0x10001, -3], [-6, 0x10001, -5], [-42, 0x20001, 15]],
      ["intMulHigh", lanes.intMulHigh, [-1, 2 ** 30, 0x12345678], [-1, 8, 0x6789abcd], [-2, 2, 0x075cd904]],
      ["and", lanes.and, [0b1100, -1], [0b1010, 7], [0b1000, 7]],
      ["or", lanes.or, [0b1100, 0], [0b1010, 7], [0b1110, 7]],
      ["xor", lanes.xor, [0b1100, -1], [0b1010, 7], [0b0110, -8]],
    ];
  it.each(binary)("%s", (_name, operation, left, right, expected) => {
    expect(applyIntegers((a, b) => operation(a, b), [left, right])).toEqual(expected);
  });

  it("keeps its operands apart where a high product is made of high products", () => {
    const nested = (a: Vec, b: Vec): Vec => lanes.intMulHigh(lanes.intMulHigh(a, b), lanes.intMulHigh(b, a));
    const high = (a: bigint, b: bigint): bigint => (a * b) >> 32n;
    const [a, b] = [0xfedcba98n, 0xabcdef01n];
    const expected = Number(BigInt.asIntN(32, high(high(a, b), high(b, a))));
    expect(applyIntegers(nested, [[Number(a)], [Number(b)]])).toEqual([expected]);
  });

  it("shifts with and without the sign, and to the left", () => {
    expect(applyIntegers((a) => lanes.shiftRight(a, 1), [[-8, 7, lowest]])).toEqual([-4, 3, lowest / 2]);
    expect(applyIntegers((a) => lanes.shiftRightUnsigned(a, 28), [[-1, 7, lowest]])).toEqual([15, 0, 8]);
    expect(applyIntegers((a) => lanes.shiftLeft(a, 31), [[1, 2, 3]])).toEqual([lowest, 0, lowest]);
  });

  it("converts, and truncation saturates", () => {
    expect(applyLanes((_, x) => lanes.intToFloat(lanes.truncToInt(x)), [[-1.75, 3e9, -3e9, NaN]])).toEqual([
      -1,
      2 ** 31,
      lowest,
      0,
    ]);
    expect(applyLanes((_, x) => lanes.unsignedToFloat(lanes.truncToInt(x)), [[-1, 5]])).toEqual([2 ** 32, 5]);
  });

  it("reads and writes the same lanes as floats and as integers", () => {
    const exponent = (x: Vec): Vec => lanes.intToFloat(lanes.intSub(lanes.shiftRight(x, 23), lanes.int(127)));
    expect(applyLanes((_, x) => exponent(x), [[1, 8.5, 0.25, 1e-3]])).toEqual([0, 3, -2, -10]);
  });
});
