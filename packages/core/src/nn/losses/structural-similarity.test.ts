import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import { inputNode } from "../../ops/leaf.ts";
import { mul } from "../../ops/elementwise.ts";
import { sumSamples } from "../../ops/reduce.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { ssimLoss } from "./ssim-loss.ts";

describe("TensorFlow's numbers", () => {
  const { cases } = readFixture("image-similarity");
  test.each(cases.map((entry, index) => [index, entry.settings, entry] as const))(
    "case %i: %j",
    (_, settings, entry) => {
      const [batch, ...shape] = entry.target.shape as [number, ...number[]];
      const [target, prediction] = [inputNode("target", shape), inputNode("prediction", shape)];
      const values = ssimLoss(settings).values(target, prediction);
      const [gradient] = gradients(sumSamples(mul(values, 1 / batch)), [prediction]);
      const feeds = new Map([
        [target, samplesOf(decodeArray(entry.target))],
        [prediction, samplesOf(decodeArray(entry.prediction))],
      ]);
      const [losses, slopes] = evaluate([values, gradient!], feeds, batch);
      expect(values.type.shape).toEqual([]);
      const similarities = losses!.map((loss) => 1 - loss);
      expect(largestError(similarities, decodeArray(entry.ssim).data)).toBeLessThan(1e-5);
      // Slopes are differences of numbers that TensorFlow rounds to float32: compared with the largest of them.
      const expected = decodeArray(entry.gradient).data;
      const largest = expected.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
      expect(largestError(slopes!, expected, largest)).toBeLessThan(1e-4);
    },
  );
});

test("equal images have the loss 0", () => {
  const image = inputNode("image", [11, 12, 1]);
  const pixels = Float64Array.from({ length: 132 }, (_, i) => (i % 7) / 7);
  const [[loss]] = evaluate([ssimLoss().values(image, image)], new Map([[image, [pixels]]]), 1) as [[number]];
  expect(loss).toBeCloseTo(0, 12);
});

test("what is no image, or too small a one, is refused", () => {
  const lossOf = (shape: readonly number[]): unknown => {
    const image = inputNode("image", shape);
    return ssimLoss().values(image, image);
  };
  expect(() => lossOf([784])).toThrow(
    "ssim_loss compares images [height, width, channels]; samples of shape [784] came",
  );
  expect(() => lossOf([28, 10, 1])).toThrow(
    "windows of 11×11 pixels, which do not fit into images of shape [28, 10, 1]; give a smaller filterSize",
  );
});
