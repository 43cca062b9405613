import { expect, test } from "vitest";
import { heatOverlay } from "./heat-overlay.ts";

test("the hotter a pixel, the redder; cold ones stay grey", () => {
  const picture = { width: 3, height: 1, channels: 1, data: Uint8Array.of(100, 100, 100) } as const;
  const { data, ...layout } = heatOverlay(picture, Float32Array.of(0, 0.25, 1));
  expect(layout).toEqual({ width: 3, height: 1, channels: 3 });
  expect([...data.subarray(0, 3)]).toEqual([100, 100, 100]);
  // A quarter: 17.5 % of (255 − 51/4, 214 − 214/4, 34/4) over 82.5 % of the grey.
  expect([...data.subarray(3, 6)]).toEqual([125, 111, 84]);
  // All: 70 % of the red.
  expect([...data.subarray(6)]).toEqual([173, 30, 54]);
});

test("colors are as bright as they look, and errors", () => {
  const green = { width: 1, height: 1, channels: 3, data: Uint8Array.of(0, 200, 0) } as const;
  expect([...heatOverlay(green, Float32Array.of(0)).data]).toEqual([117, 117, 117]);
  const half = { width: 1, height: 1, channels: 4, data: Uint8Array.of(0, 200, 0, 51) } as const;
  // A fifth of the green's 117.4, the rest white.
  expect([...heatOverlay(half, Float32Array.of(0)).data]).toEqual([227, 227, 227]);
  expect(() => heatOverlay(green, Float32Array.of(0, 1))).toThrow("2 numbers came for a picture of 1 × 1");
});
