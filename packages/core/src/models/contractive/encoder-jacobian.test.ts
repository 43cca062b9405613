import { expect, test } from "vitest";
import type { Dataset } from "../../data/dataset.ts";
import { encoderJacobian, movement, singularValues } from "./encoder-jacobian.ts";

const wide = { size: 3, codeSize: 2, slopes: Float64Array.of(3, 0, 0, 0, 4, 0) };

test("measures the slopes of an encoder", async () => {
  // h = (x₀·x₁, sin x₂), whose Jacobian is (x₁, x₀, 0; 0, 0, cos x₂)
  const encode = ({ values, count }: Dataset): Promise<Float32Array> =>
    Promise.resolve(
      Float32Array.from({ length: 2 * count }, (_, index) => {
        const [x, y, z] = values.subarray(Math.floor(index / 2) * 3, Math.floor(index / 2) * 3 + 3);
        return index % 2 === 0 ? x! * y! : Math.sin(z!);
      }),
    );
  const { size, codeSize, slopes } = await encoderJacobian(Float32Array.of(0.5, -0.8, 1), [3], encode);
  expect([size, codeSize]).toEqual([3, 2]);
  for (const [index, slope] of [-0.8, 0.5, 0, 0, 0, Math.cos(1)].entries()) expect(slopes[index]).toBeCloseTo(slope, 4);
});

test("measures them at large values, beside which a fixed step would be rounding", async () => {
  const encode = ({ values, count }: Dataset): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from({ length: count }, (_, row) => 3 * values[2 * row]! - 2 * values[2 * row + 1]!));
  const { slopes } = await encoderJacobian(Float32Array.of(1e6, -4e7), [2], encode);
  expect(slopes[0]).toBeCloseTo(3, 2);
  expect(slopes[1]).toBeCloseTo(-2, 2);
});

test("singular values of wide and of tall ones", () => {
  const tall = { size: 2, codeSize: 3, slopes: Float64Array.of(3, 0, 0, 4, 0, 0) };
  for (const jacobian of [wide, tall]) {
    expect([...singularValues(jacobian)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([4, 3]);
  }
  // (1 1; 0 1) has the golden ratio and its inverse.
  const [first, second] = singularValues({ size: 2, codeSize: 2, slopes: Float64Array.of(1, 1, 0, 1) });
  expect(first).toBeCloseTo((1 + Math.sqrt(5)) / 2, 12);
  expect(second).toBeCloseTo((Math.sqrt(5) - 1) / 2, 12);
});

test("a way that the code does not follow moves nothing, however long it is", () => {
  expect(movement(wide, [0, 0, 7])).toBe(0);
  expect(movement(wide, [2, 0, 0])).toBeCloseTo(3, 12);
  expect(movement(wide, [1, 1, 0])).toBeCloseTo(5 / Math.sqrt(2), 12);
});
