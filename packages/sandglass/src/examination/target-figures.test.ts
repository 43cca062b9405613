import { dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { examine } from "./examine.ts";
import { meanPsnr } from "./target-figures.ts";

/** Two images of four pixels: noisy ones, their targets, and what a model makes of them. */
const noisy = Uint8Array.of(0, 51, 102, 153, 255, 255, 0, 0);
const clean = Uint8Array.of(0, 0, 102, 102, 255, 204, 0, 51);
const outputs = Float32Array.of(0, 0.1, 0.4, 0.5, 1, 0.8, 0, 0.2);

test("outputs are compared with targets, beside the inputs", async () => {
  const pairs = dataset("pairs", [2, 2, 1], noisy, { targets: clean });
  const { errors, mse, targets } = await examine({ reconstruct: () => Promise.resolve(outputs) }, pairs);
  // (0.1² + 0.1²) / 4, and nothing; of the inputs (0.2² + 0.2²) / 4 in both.
  expect([...errors].map((error) => error.toFixed(6))).toEqual(["0.005000", "0.000000"]);
  expect(mse).toBeCloseTo(0.0025, 6);
  expect(targets?.inputMse).toBeCloseTo(0.02, 12);
  expect(targets?.inputPsnr).toBeCloseTo(10 * Math.log10(1 / 0.02), 9);
});

test("the variance that is kept is that of the targets", async () => {
  const data = dataset("points", [2], Float32Array.of(5, 5, 5, 5), { targets: Float32Array.of(1, 0, -1, 2) });
  const model = { reconstruct: () => Promise.resolve(Float32Array.of(0.5, 1, -0.5, 1)) };
  const { explainedVariance, targets } = await examine(model, data);
  // Errors (0.25 + 1 + 0.25 + 1) / 4 = 0.625; variances 1 and 1.
  expect(explainedVariance).toBeCloseTo(1 - 0.625, 12);
  // Points are no images.
  expect(targets).toEqual({ inputMse: (16 + 25 + 36 + 9) / 4 });
});

test("samples without targets have no such figures", async () => {
  const data = dataset("points", [2], Float32Array.of(1, 0, -1, 2));
  const { targets } = await examine({ reconstruct: () => Promise.resolve(new Float32Array(4)) }, data);
  expect(targets).toBeUndefined();
});

test("the peak signal-to-noise ratio of images from 0 to 1", () => {
  expect(meanPsnr(Float64Array.of(0.01, 0.001))).toBeCloseTo(25, 12);
  // Images without any error have none.
  expect(meanPsnr(Float64Array.of(0.01, 0))).toBeCloseTo(20, 12);
  expect(meanPsnr(Float64Array.of(0, 0))).toBeUndefined();
});
