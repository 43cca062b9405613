import { describe, expect, test } from "vitest";
import { sizeOf } from "../../graph/tensor-type.ts";
import { PRESETS } from "../options/common-options.ts";
import { codeSize, convFilters, decideDenseSizes, hiddenUnits, isImage } from "./sizes.ts";

const SHAPES = [
  [1],
  [2],
  [3],
  [12],
  [64],
  [65],
  [784],
  [10_000],
  [8, 8, 1],
  [28, 28, 1],
  [33, 47, 3],
  [64, 64, 3],
  [224, 224, 3],
  [512, 384, 3],
];

test("codes grow with the root of the samples' size", () => {
  expect(SHAPES.map(codeSize)).toEqual([1, 2, 2, 4, 8, 8, 32, 128, 8, 32, 64, 128, 512, 1024]);
  for (const shape of SHAPES) expect(codeSize(shape)).toBeLessThanOrEqual(sizeOf(shape));
});

describe("hidden units", () => {
  test.each(SHAPES.map((shape) => [shape]))("lead from samples of shape %j to their code", (shape) => {
    for (const preset of PRESETS) {
      for (const code of [2, codeSize(shape), 300]) {
        for (const layers of [undefined, 1, 2, 3, 5]) {
          const units = hiddenUnits(shape, code, { layers, preset });
          expect(units).toHaveLength((layers ?? units.length + 1) - 1);
          const size = sizeOf(shape);
          const narrowing = code <= size;
          for (const [index, count] of units.entries()) {
            expect(Number.isInteger(count)).toBe(true);
            expect(count).toBeGreaterThanOrEqual(Math.min(size, code));
            const before = units[index - 1] ?? count;
            expect(narrowing ? before >= count : before <= count, `${code}: ${units.join(", ")}`).toBe(true);
          }
        }
      }
    }
  });

  test("are in equal ratios", () => {
    const of = (preset: "fast" | "balanced" | "best"): number[] => hiddenUnits([28, 28, 1], 32, { preset });
    // 784 → 270 → 93 → 32: each 0.344 of the one before.
    expect(of("balanced")).toEqual([270, 93]);
    // 784 → 158 → 32, and half as wide.
    expect(of("fast")).toEqual([79]);
    // 784 → 352 → 158 → 71 → 32, and twice as wide.
    expect(of("best")).toEqual([705, 317, 142]);
  });

  test("are no bottleneck before a small code", () => {
    expect(hiddenUnits([28, 28, 1], 32, { preset: "balanced" })).toEqual([270, 93]);
    expect(hiddenUnits([28, 28, 1], 2, { preset: "balanced" })).toEqual([107, 56]);
  });

  test("stay affordable", () => {
    expect(hiddenUnits([224, 224, 3], 512, { preset: "balanced" })).toEqual([512, 512]);
    expect(hiddenUnits([64, 64, 3], 128, { preset: "balanced" })).toEqual([512, 256]);
  });
});

test("decided sizes decide themselves", () => {
  for (const preset of PRESETS) {
    const open = { code: undefined, layers: undefined, units: undefined, preset };
    const decided = decideDenseSizes("deep", [28, 28, 1], open);
    expect(decideDenseSizes("deep", [28, 28, 1], decided)).toEqual(decided);
  }
});

test("filters double as the sides are halved, down to a few pixels", () => {
  const counts = (shape: number[]): number[] => convFilters(shape, "balanced");
  expect(counts([12, 1, 1])).toEqual([16]);
  expect(counts([4, 4, 1])).toEqual([16]);
  expect(counts([28, 28, 1])).toEqual([16, 32, 64]);
  expect(counts([33, 47, 3])).toEqual([16, 32, 64]);
  expect(counts([64, 64, 3])).toEqual([16, 32, 64, 128]);
  // A signal of 256 columns is halved as an image of 64×64.
  expect(counts([256, 1, 1])).toEqual([16, 32, 64, 128]);
  expect(counts([1000, 1000, 3])).toEqual([16, 32, 64, 128, 256]);
  expect(convFilters([28, 28, 1], "fast")).toEqual([8, 16, 32]);
});

test("convolutions are for images of 8×8 and more", () => {
  expect([[8, 8, 1], [7, 20, 3], [784], [28, 28]].map(isImage)).toEqual([true, false, false, false]);
});
