import { describe, expect, it } from "vitest";
import { readCases } from "../../../../fixtures/classic/read.ts";
import type { NumberTable } from "../../../../fixtures/classic/read.ts";
import { dataset } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { RandomStream } from "../data/random-stream.ts";
import { frechetDistance } from "./frechet-distance.ts";

const features = ({ shape: [, size = 1], values }: NumberTable): Dataset =>
  dataset("features", [size], Float32Array.from(values));

function randomFeatures(count: number, size: number, seed: number): Dataset {
  const random = new RandomStream(seed);
  return dataset(
    `seed ${seed}`,
    [size],
    Float32Array.from({ length: count * size }, () => random.uniform(-1, 1)),
  );
}

describe("frechetDistance", () => {
  // SciPy's root of a singular product is good to half of float64's digits.
  it.each(readCases("frechet"))("agrees with SciPy: $name", ({ name, first, second, distance }) => {
    const digits = name.includes("singular") ? 6 : 11;
    expect(frechetDistance(features(first), features(second))).toBeCloseTo(distance, digits);
    expect(frechetDistance(features(second), features(first))).toBeCloseTo(distance, digits);
  });

  it("is (μ₁ − μ₂)² + (σ₁ − σ₂)² for single numbers", () => {
    const first = dataset("first", [1], Float32Array.of(0, 2));
    const second = dataset("second", [1], Float32Array.of(3, 7));
    // Means 1 and 5, deviations √2 and √8.
    expect(frechetDistance(first, second)).toBeCloseTo(16 + (Math.sqrt(8) - Math.sqrt(2)) ** 2, 12);
  });

  it("is 0 for equal sets, of fewer samples than features too", () => {
    for (const count of [40, 5]) {
      const set = randomFeatures(count, 12, 1);
      expect(frechetDistance(set, set)).toBeLessThan(1e-7);
      expect(frechetDistance(set, set)).toBeGreaterThanOrEqual(0);
    }
  });

  it("is the distance of the means for sets that do not vary", () => {
    const first = dataset("first", [2], Float32Array.of(1, 2, 1, 2));
    const second = dataset("second", [2], Float32Array.of(4, 6, 4, 6));
    expect(frechetDistance(first, second)).toBe(25);
  });

  it("counts the scale of bytes", () => {
    const bytes = Uint8Array.of(0, 51, 102, 255);
    const floats = Float32Array.from(bytes, (value) => value / 255);
    const other = randomFeatures(6, 1, 2);
    const distance = frechetDistance(dataset("bytes", [1], bytes), other);
    expect(distance).toBeCloseTo(frechetDistance(dataset("floats", [1], floats), other), 7);
  });

  it.each<[string, Dataset, RegExp]>([
    ["vectors of another length", randomFeatures(5, 3, 4), /those of seed 3 have 4 values, and those of seed 4 3/],
    ["a single vector", randomFeatures(1, 4, 5), /seed 5 has 1 feature vector, and a covariance needs two or more/],
  ])("refuses %s", (_, other, message) => {
    const run = (): unknown => frechetDistance(randomFeatures(5, 4, 3), other);
    expect(run).toThrow(RangeError);
    expect(run).toThrow(message);
  });
});
