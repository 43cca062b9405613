// MobileNetV2 with the ImageNet weights and photographs of the folder that SANDGLASS_DATA names.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applications, readNpy, type Model } from "@sandglass/core";
import { describe, expect, it } from "vitest";
import { decodeArray, readFixture } from "../../../../fixtures/keras/read.ts";
import { openMobileNetV2 } from "./open-mobilenet-v2.ts";
import { folded, foldedFile, hasRealWeights, keras, labelledPhotographs, pixelsOf } from "./testing/real-weights.ts";

function openFolded(): Promise<Model> {
  return applications.loadMobileNetV2Folder((name) => readFile(foldedFile(name)));
}

function floats(path: string): Float32Array {
  return readNpy(readFileSync(path)).data as Float32Array;
}

describe.skipIf(!hasRealWeights)(
  "MobileNetV2 with real weights (needs mobilenet/ and imagenet-samples/ in SANDGLASS_DATA)",
  () => {
    it("finds the same features in photographs as Keras, with the weights of a larger model's file", async () => {
      const fixture = readFixture("photo-features");
      const expected = decodeArray(fixture.features).data;
      const network = await openMobileNetV2({
        weights: keras,
        alpha: 0.35,
        includeTop: false,
      });
      const features = await network.predict(applications.preprocessInput(await pixelsOf(fixture.files)));
      await network.dispose();
      const perImage = features.length / fixture.files.length;
      const kept = features.filter((_, index) => (index % perImage) % fixture.step === 0);
      expect(kept).toHaveLength(expected.length);
      const worst = Math.max(...expected.map((value, index) => Math.abs(value - kept[index]!)));
      expect(worst).toBeLessThan(1e-4);
    });

    it("answers the test vectors, whose pixels are taken as they are, and knows 29 of 32 photographs", async () => {
      const network = await openFolded();
      for (const vector of ["0", "1", "2"]) {
        const scores = await network.predict(floats(join(folded, "test_data_set", vector, "input_0.npy")));
        // Class 0 of the vectors is "background".
        const expected = floats(join(folded, "test_data_set", vector, "output_0.npy")).subarray(1);
        // The classifier's weights went through 8 bits.
        const worst = Math.max(...expected.map((value, index) => Math.abs(value - scores[index]!)));
        expect(worst, `test vector ${vector}`).toBeLessThan(0.003);
      }
      const samples = labelledPhotographs(32);
      // The preprocessing that the weights were measured with: the middle 87.5 %.
      const images = await pixelsOf(
        samples.map(({ file }) => file),
        0.875,
      );
      const predicted = applications.decodePredictions(await network.predict(applications.preprocessInput(images)), {
        top: 1,
      });
      await network.dispose();
      const right = predicted.filter(([best], index) => best?.index === samples[index]?.index);
      expect(right.length).toBeGreaterThanOrEqual(29);
    }, 30_000);
  },
);
