// MobileNetV2 with the ImageNet weights and photographs of the folder that SANDGLASS_DATA names.
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { applications, readNpy, type Model } from "@sandglass/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeArray, readFixture } from "../../../../fixtures/keras/read.ts";
import { openMobileNetV2 } from "./open-mobilenet-v2.ts";

const data = process.env["SANDGLASS_DATA"] ?? "";
const weights = join(data, "mobilenet");
const folded = join(weights, "webnn_mobilenetv2_1.0_224_nhwc");
const photographs = join(data, "imagenet-samples");
const SIZE = 224;

/** The middle of photographs: a square of `share` of the short side, or of 224 pixels as they are. */
async function pixels(files: readonly string[], share?: number): Promise<Uint8Array> {
  const images = await Promise.all(
    files.map(async (file) => {
      const image = sharp(join(photographs, file));
      const { width, height } = await image.metadata();
      const side = share === undefined ? SIZE : Math.round(share * Math.min(width, height));
      const area = { left: (width - side) >> 1, top: (height - side) >> 1, width: side, height: side };
      return image.extract(area).resize(SIZE, SIZE).removeAlpha().raw().toBuffer();
    }),
  );
  return new Uint8Array(Buffer.concat(images));
}

/** The folder's classifier lies beside it. */
function openFolded(): Promise<Model> {
  const classifier = join(weights, "derived", "Const_222_dequantised_from_coral_int8.npy");
  return applications.loadMobileNetV2Folder((name) =>
    readFile(name === "Const_222.npy" ? classifier : join(folded, "weights", name)),
  );
}

function floats(path: string): Float32Array {
  return readNpy(readFileSync(path)).data as Float32Array;
}

describe.skipIf(!existsSync(weights) || !existsSync(photographs))(
  "MobileNetV2 with real weights (needs mobilenet/ and imagenet-samples/ in SANDGLASS_DATA)",
  () => {
    it("finds the same features in photographs as Keras, with the weights of a larger model's file", async () => {
      const fixture = readFixture("photo-features");
      const expected = decodeArray(fixture.features).data;
      const network = await openMobileNetV2({
        weights: join(weights, "teachable_machine_h5", "keras_model.h5"),
        alpha: 0.35,
        includeTop: false,
      });
      const features = await network.predict(applications.preprocessInput(await pixels(fixture.files)));
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
      const lines = readFileSync(join(photographs, "labels.csv"), "utf8").split("\n").slice(1, 33);
      const samples = lines.map((line) => line.split(","));
      // The preprocessing that the weights were measured with: the middle 87.5 %.
      const images = await pixels(
        samples.map(([file]) => file!),
        0.875,
      );
      const predicted = applications.decodePredictions(await network.predict(applications.preprocessInput(images)), {
        top: 1,
      });
      await network.dispose();
      const right = predicted.filter(([best], index) => best?.index === Number(samples[index]![1]));
      expect(right.length).toBeGreaterThanOrEqual(29);
    }, 30_000);
  },
);
