import { expect, test } from "vitest";
import { bfloat16Values, float16Values } from "./half-precision.ts";

test("float16: ordinary, smallest, largest and special numbers", () => {
  const bits = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x0400, 0x7bff, 0x8000, 0x7c00, 0xfc00, 0x7e00);
  const expected = [1, -2, 1365 / 4096, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504, -0, Infinity, -Infinity, NaN];
  expect([...float16Values(bits)]).toEqual(expected);
});

test("bfloat16: the upper half of a float32", () => {
  const numbers = [1, -2.5, 3.140625, 2 ** -133, -0, Infinity, NaN];
  const bits = Uint16Array.from(new Uint32Array(Float32Array.from(numbers).buffer), (word) => word >>> 16);
  expect([...bfloat16Values(bits)]).toEqual(numbers);
});
