import { RandomStream } from "@sandglass/core";
import { expect, test } from "vitest";
import { RowHasher, rowLeaks, type ComparedRows, type Part } from "./index.ts";

/** A part of rows of two values, which come in pieces of so many rows. */
function partOf(
  part: Part,
  values: readonly number[],
  { piece = 2, total = 100, mostRows }: { piece?: number; total?: number; mostRows?: number } = {},
): ComparedRows {
  const hasher = new RowHasher(total, mostRows);
  for (let at = 0; at < values.length; at += 2 * piece) {
    hasher.add(Float32Array.from(values.slice(at, at + 2 * piece)), 2);
  }
  return { part, ...hasher.finish(), nameOf: (row) => `${part} ${row}` };
}

test("rows of later parts that equal rows of earlier ones are counted, and the first are named", () => {
  const train = partOf("train", [1, 2, 3, 4, 5, 6, 7, 8, 3, 4]);
  const validation = partOf("validation", [0, 0, 3, 4, 9, 9, 7, 8]);
  const test = partOf("test", [9, 9, 1, 2, 1, 2, 3, 4, 5, 6]);
  expect(rowLeaks("row", [train, validation, test])).toEqual({
    unit: "row",
    compared: { train: 5, validation: 4, test: 5 },
    by: "values",
    share: 1,
    shared: [
      {
        from: "train",
        to: "validation",
        count: 2,
        byLook: 0,
        named: [
          ["validation 1", "train 1"],
          ["validation 3", "train 3"],
        ],
      },
      {
        from: "train",
        to: "test",
        count: 4,
        byLook: 0,
        named: [
          ["test 1", "train 0"],
          ["test 2", "train 0"],
          ["test 3", "train 1"],
        ],
      },
      {
        from: "validation",
        to: "test",
        count: 2,
        byLook: 0,
        named: [
          ["test 0", "validation 2"],
          ["test 3", "validation 1"],
        ],
      },
    ],
  });
});

test("parts that share nothing have no leaks", () => {
  expect(rowLeaks("sample", [partOf("train", [1, 2]), partOf("test", [2, 1])]).shared).toEqual([]);
});

test("of very many rows a part is compared: equal rows stay or go together, and keep their numbers", () => {
  const random = new RandomStream(3);
  const values = Array.from({ length: 8000 }, () => random.integer(1 << 20));
  // A quarter of the rows to validate with are rows to train on.
  const judged = Array.from({ length: 4000 }, (_, at) => (at % 8 < 2 ? (values[at] as number) : -1 - at));
  const options = { piece: 300, total: 6000, mostRows: 1000 };
  const [train, validation] = [partOf("train", values, options), partOf("validation", judged, options)];
  const { compared, share, shared } = rowLeaks("row", [train, validation]);
  expect(share).toBe(1 / 6);
  // Of 4,000 and of 2,000 a sixth, with standard deviations of √(4000 · 5/36) = 24 and 17.
  expect(Math.abs((compared.train ?? 0) - 667)).toBeLessThan(96);
  expect(Math.abs((compared.validation ?? 0) - 333)).toBeLessThan(68);
  const [{ count, named }] = shared as [(typeof shared)[number]];
  expect(Math.abs(count / (compared.validation ?? 0) - 0.25)).toBeLessThan(0.1);
  for (const [row, twin] of named) {
    expect(row.replace("validation", "")).toBe(twin.replace("train", ""));
    expect(Number(row.split(" ")[1]) % 4).toBe(0);
  }
});
