import { dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { BINS, extremePictures, valueStatistics } from "./value-statistics.ts";

const rounded = (values: Float32Array): number[] => Array.from(values, (value) => Number(value.toFixed(6)));

test("means, deviations and histograms by channel", () => {
  // Two images of 1 × 2 pixels: red 0 and 255, green 51, blue 255.
  const values = Uint8Array.of(0, 51, 255, 0, 51, 255, 255, 51, 255, 255, 51, 255);
  const { range, channels, mean, deviation, brightness, contrast } = valueStatistics(dataset("two", [1, 2, 3], values));
  expect(range).toEqual([0, 1]);
  expect(channels.map(({ channel }) => channel)).toEqual(["red", "green", "blue"]);
  expect(channels.map((one) => one.mean)).toEqual([expect.closeTo(0.5), expect.closeTo(0.2), expect.closeTo(1)]);
  expect(channels.map((one) => one.deviation)).toEqual([expect.closeTo(0.5), expect.closeTo(0), expect.closeTo(0)]);
  const [red, green, blue] = channels.map(({ shares }) => shares);
  expect([red?.[0], red?.[BINS - 1]]).toEqual([0.5, 0.5]);
  expect(green?.[Math.floor(0.2 * BINS)]).toBe(1);
  expect(blue?.[BINS - 1]).toBe(1);
  expect(rounded(mean)).toEqual([0.5, 0.2, 1, 0.5, 0.2, 1]);
  expect(rounded(deviation)).toEqual([0.5, 0, 0, 0.5, 0, 0]);
  expect([...brightness]).toEqual([expect.closeTo(0.4), expect.closeTo(2.2 / 3)]);
  expect(contrast[0]).toBeCloseTo(Math.sqrt((0.16 + 0.04 + 0.36) / 3));
});

test("margins count for nothing", () => {
  const values = Uint8Array.of(255, 51, 51, 255, 255, 102, 102, 255);
  const { channels, mean, brightness } = valueStatistics(dataset("two", [1, 4, 1], values), () => ({
    top: 0,
    bottom: 1,
    left: 1,
    right: 3,
  }));
  expect(channels[0]?.mean).toBeCloseTo(0.3);
  expect([...mean.subarray(1, 3)]).toEqual([expect.closeTo(0.3), expect.closeTo(0.3)]);
  expect([...brightness]).toEqual([expect.closeTo(0.2), expect.closeTo(0.4)]);
});

test("values outside of 0 to 1 have a range of their own", () => {
  const { range, channels, mean } = valueStatistics(dataset("columns", [2], Float32Array.of(-10, 30, 10, 30)));
  expect(range).toEqual([-10, 30]);
  expect(channels).toMatchObject([{ channel: "values", mean: 15 }]);
  expect([...mean]).toEqual([0, 30]);
});

test("black, white and flat pictures are found, and drawings of thin lines are none", () => {
  const line = new Uint8Array(100);
  line.fill(255, 0, 3);
  const faint = Uint8Array.from({ length: 100 }, (_, at) => (at % 2) * 10);
  const pictures = [
    new Uint8Array(100).fill(90),
    faint,
    faint.map((value) => 255 - value),
    line,
    Uint8Array.from({ length: 100 }, (_, at) => at * 2),
  ];
  const data = dataset("pictures", [10, 10, 1], Uint8Array.from(pictures.flatMap((values) => [...values])));
  expect(extremePictures(valueStatistics(data))).toEqual([
    { sample: 0, kind: "flat" },
    { sample: 1, kind: "dark" },
    { sample: 2, kind: "bright" },
  ]);
});
