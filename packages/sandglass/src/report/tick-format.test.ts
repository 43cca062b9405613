import { expect, test } from "vitest";
import { formatTick, tickFormat } from "./tick-format.ts";

test("ticks are short", () => {
  expect([0, 0.25, 150, 5000, 1e-6, -40_000, 1_200_000].map(formatTick)).toEqual([
    "0",
    "0.25",
    "150",
    "5,000",
    "1e-6",
    "−40K",
    "1.2M",
  ]);
});

test("Plot's way is good enough for values of the usual size, but on logarithmic scales", () => {
  expect(tickFormat(0, 0.5)).toBeUndefined();
  expect(tickFormat(0, 0)).toBeUndefined();
  expect(tickFormat(0.001, 0.5, true)).toBe(formatTick);
  expect(tickFormat(-20_000, 5)).toBe(formatTick);
  expect(tickFormat(0, 1e-5)).toBe(formatTick);
});
