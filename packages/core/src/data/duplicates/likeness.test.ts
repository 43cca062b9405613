import { expect, test } from "vitest";
import { RandomStream } from "../random-stream.ts";
import { likeness } from "./likeness.ts";
import { solveSymmetric } from "./solve-symmetric.ts";
import { smoothPicture } from "./testing/smooth-picture.ts";

test("a picture is like itself, whatever its brightness", () => {
  const picture = smoothPicture(1);
  expect(likeness(picture, picture)).toBeCloseTo(1, 9);
  const random = new RandomStream(1);
  expect(
    likeness(
      picture,
      picture.map((value) => 40 + 0.5 * value + random.uniform(-1, 1)),
    ),
  ).toBeGreaterThan(0.995);
});

test("without alignment it is Pearson's correlation", () => {
  // Two halves and their opposite: nothing that could be moved makes them alike.
  const halves = Uint8Array.from({ length: 1024 }, (_, at) => (at < 512 ? 50 : 200));
  expect(likeness(halves, halves.toReversed())).toBeLessThan(-0.7);
  expect(likeness(halves, new Uint8Array(1024).fill(9))).toBe(0);
});

test.for([
  ["two percent off each border", { left: 0.02, top: 0.02, width: 0.96, height: 0.96 }],
  ["five percent off one corner", { left: 0.05, top: 0.05, width: 0.95, height: 0.95 }],
  ["six percent off the left", { left: 0.06, top: 0, width: 0.94, height: 1 }],
] as const)("a copy with %s is recognized", ([, view]) => {
  for (let seed = 0; seed < 10; seed++) {
    const [whole, part] = [smoothPicture(seed), smoothPicture(seed, view)];
    expect(likeness(whole, part)).toBeGreaterThan(0.99);
    expect(likeness(part, whole)).toBeGreaterThan(0.99);
  }
});

test("other pictures are not", () => {
  for (let seed = 0; seed < 30; seed++)
    expect(likeness(smoothPicture(seed), smoothPicture(seed + 1))).toBeLessThan(0.8);
});

test("stripes, which say nothing about one direction, are no trouble", () => {
  const stripes = (shift: number): Uint8Array =>
    Uint8Array.from({ length: 1024 }, (_, at) => 128 + 100 * Math.sin(((at % 32) + shift) / 3));
  expect(likeness(stripes(0), stripes(1))).toBeGreaterThan(0.99);
});

test("other sizes are refused", () => {
  expect(() => likeness(new Uint8Array(1024), new Uint8Array(784))).toThrow(/784 values came.*\[32, 32\]/);
});

test("a system of equations is solved", () => {
  const matrix = Float64Array.of(4, 2, 0.5, 2, 5, 1, 0.5, 1, 3);
  const x = [1.5, -2, 0.25];
  const right = Float64Array.from([0, 1, 2], (row) =>
    x.reduce((sum, value, column) => sum + value * (matrix[3 * row + column] as number), 0),
  );
  for (const [row, value] of solveSymmetric(matrix, right).entries()) expect(value).toBeCloseTo(x[row] as number, 12);
});
