import { describe, expect, it, test } from "vitest";
import { DatasetError } from "../dataset.ts";
import { RandomStream } from "../random-stream.ts";
import { splitNumbers } from "../splits/index.ts";
import { rowHashes, sharedRows } from "./row-hashes.ts";

test("equal rows have equal hashes, and others do not", () => {
  const hashes = rowHashes(Float32Array.of(1, 2, 2, 1, 1, 2, 0, 3, -0, 3, 1, 2.0000002), 2);
  expect(hashes.length).toBe(6);
  expect(hashes[2]).toBe(hashes[0]);
  expect(hashes[4]).toBe(hashes[3]);
  expect(new Set(hashes).size).toBe(4);
  expect(rowHashes(Uint8Array.of(7, 8, 7, 8), 2)).toEqual(
    new Float64Array(2).fill(rowHashes(Uint8Array.of(7, 8), 2)[0] ?? 0),
  );
});

test("hashes are whole numbers, spread over 53 bits", () => {
  const random = new RandomStream(4);
  const hashes = rowHashes(
    Float32Array.from({ length: 300_000 }, () => random.integer(8)),
    15,
  );
  expect(hashes.every((hash) => Number.isSafeInteger(hash))).toBe(true);
  expect(new Set(hashes).size).toBe(hashes.length);
  for (let bit = 0; bit < 53; bit++) {
    const set = hashes.filter((hash) => Math.floor(hash / 2 ** bit) % 2 === 1).length;
    // Standard deviation: √20,000 / 2 = 71.
    expect(Math.abs(set - 10_000)).toBeLessThan(360);
  }
});

test("the halves are MurmurHash3's", () => {
  // scikit-learn 1.9, murmurhash3_32 with seeds 0x9747b28c and 0x5bd1e995 of the floats' bytes and of their complement.
  expect([...rowHashes(Float32Array.of(1, -2.5, 3), 3)]).toEqual([7_786_786_609_717_057]);
});

describe("rows of one part in another", () => {
  it("are counted, and the first are named with the first that they equal", () => {
    const [training, validation] = [Uint8Array.of(4, 1, 2, 1, 5, 2), Uint8Array.of(9, 2, 1, 2, 7, 5, 4)].map((values) =>
      rowHashes(values, 1),
    ) as [Float64Array, Float64Array];
    expect(sharedRows(validation, training)).toEqual({
      count: 5,
      first: [
        [1, 2],
        [2, 1],
        [3, 2],
      ],
    });
    expect(sharedRows(training, validation, 1)).toEqual({ count: 6, first: [[0, 6]] });
    expect(sharedRows(validation, new Float64Array())).toEqual({ count: 0, first: [] });
  });

  it("are none when a split keeps equal rows together as groups", () => {
    const random = new RandomStream(6);
    const hashes = rowHashes(
      Float32Array.from({ length: 2000 }, () => random.integer(12)),
      2,
    );
    const shared = (groups?: Float64Array): number => {
      const { training, validation } = splitNumbers(1000, { validation: 0.2, seed: 1, ...(groups && { groups }) });
      const of = (rows: Uint32Array): Float64Array => Float64Array.from(rows, (row) => hashes[row] as number);
      return sharedRows(of(validation), of(training)).count;
    };
    expect(shared()).toBeGreaterThan(150);
    expect(shared(hashes)).toBe(0);
  });
});

test("half a row is refused", () => {
  expect(() => rowHashes(new Float32Array(7), 2)).toThrow(DatasetError);
  expect(() => rowHashes(new Float32Array(7), 2)).toThrow(
    /7 values came, which are no whole number of rows of 2 values/,
  );
});
