import { expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import { noiseWalkExhibit, sphericalMean } from "./noise-walk-exhibit.ts";

/** The names of the rows for a decoder that makes the class of each code, and the classes that it was given for each row. */
async function walk(numClasses: number, shape: readonly number[]): Promise<unknown> {
  const [exhibit] = await noiseWalkExhibit(
    {
      data: dataset("some", shape, new Float32Array(4), numClasses === 2 ? { classNames: ["cat", "dog"] } : {}),
      seed: 1,
      decode: (codes, labels) =>
        Promise.resolve(
          Float32Array.from({ length: 2 * codes.length }, (_, at) => labels?.[Math.floor(at / 4)] ?? 0.5),
        ),
    },
    { code: 2, numClasses },
  );
  return exhibit?.kind === "rows" ? exhibit.rows.map(({ name, values }) => [name, ...new Set(values)]) : exhibit;
}

test("a row for each class, up to ten; five without; none of charts", async () => {
  expect(await walk(2, [2, 2, 1])).toEqual([
    ["cat", 0],
    ["dog", 1],
  ]);
  expect(await walk(12, [2, 2, 1])).toEqual(Array.from({ length: 10 }, (_, label) => [String(label), label]));
  expect(await walk(0, [2, 2, 1])).toEqual(["1", "2", "3", "4", "5"].map((name) => [name, 0.5]));
  expect(await walk(2, [4])).toBeUndefined();
});

test("between codes of one length, all are of that length", () => {
  const [a, b] = [Float32Array.of(3, 0, 4), Float32Array.of(0, 5, 0)];
  expect([...sphericalMean(a, b, 0)]).toEqual([3, 0, 4]);
  expect([...sphericalMean(a, b, 1)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 5, 0]);
  for (const t of [0.25, 0.5, 0.9]) expect(Math.hypot(...sphericalMean(a, b, t))).toBeCloseTo(5, 5);
  // Half-way between directions at right angles, both count by √½.
  expect(sphericalMean(a, b, 0.5)[1]).toBeCloseTo(5 * Math.SQRT1_2, 5);
});

test("parallel codes are joined by a straight line", () => {
  expect([...sphericalMean(Float32Array.of(1, 2), Float32Array.of(2, 4), 0.5)]).toEqual([1.5, 3]);
  expect([...sphericalMean(Float32Array.of(1), Float32Array.of(-1), 0.5)].every(Number.isFinite)).toBe(true);
});
