import { describe, expect, test } from "vitest";
import { gatherRows, isSameData, sliceRows, toRows } from "./tensor-data.ts";

const bytes = Uint8Array.of(0, 51, 102, 153, 204, 255);
const floats = Float32Array.of(1, 2, 3, 4, 5, 6);

describe("toRows", () => {
  test("takes typed arrays, tensors and image sets", () => {
    expect(toRows("x", floats, [2])).toEqual({ data: floats, scale: 1, size: 2, count: 3 });
    expect(toRows("x", { data: bytes, scale: 1 / 255, shape: [3] }, [3])).toMatchObject({ scale: 1 / 255, count: 2 });
    expect(toRows("x", { values: bytes, scale: 2, shape: [1, 3] }, [3])).toMatchObject({ scale: 2, count: 2 });
  });

  test.each([
    [
      new Float32Array(7),
      "x needs samples of shape [2, 1], 2 values each; 7 values came, which is no multiple of that",
    ],
    [new Float32Array(0), "2 values each; no values came"],
    [{ data: floats, shape: [3] }, "samples of shape [3] came"],
    [Float32Array.of(1, 2, 3, Number.NaN), "x holds NaN in row 1, value 1; remove or repair that row"],
    [Float32Array.of(1, 2, -Infinity, 4), "x holds -Infinity in row 1, value 0"],
    [{ data: floats, scale: Number.NaN }, "the scale of x must be a number; NaN came"],
    [{ data: [1, 2] as unknown as Float32Array }, "data must be a typed array of numbers"],
  ])("refuses what does not fit (%#)", (data, message) => {
    expect(() => toRows("x", data, [2, 1])).toThrow(message);
  });
});

test("gatherRows copies in order, scales, and fills up with the last row", () => {
  const rows = toRows("x", { data: bytes, scale: 0.5 }, [2]);
  const target = new Float32Array(8);
  gatherRows(rows, Uint32Array.of(2, 0, 1), 0, 3, target);
  expect([...target]).toEqual([102, 127.5, 0, 25.5, 51, 76.5, 51, 76.5]);
  gatherRows(toRows("x", floats, [2]), Uint32Array.of(2, 0, 1), 1, 2, target);
  expect([...target]).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
});

test("sliceRows cuts without copying", () => {
  const rows = sliceRows(toRows("x", floats, [2]), 1, 3);
  expect(rows).toMatchObject({ count: 2, data: Float32Array.of(3, 4, 5, 6) });
  expect(rows.data.buffer).toBe(floats.buffer);
});

test("isSameData sees through the ways to give data", () => {
  expect(isSameData(bytes, { data: bytes })).toBe(true);
  expect(isSameData(bytes, { data: bytes, scale: 2 })).toBe(false);
  expect(isSameData(floats, floats.slice())).toBe(false);
});
