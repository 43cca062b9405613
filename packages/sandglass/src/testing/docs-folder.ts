/** A folder with what the pages of `docs` use: images, tables, weights. Small, so that their programs take seconds. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  applications,
  exportOnnx,
  input,
  layers,
  saveModel,
  saveWeights,
  sequential,
  setRandomSeed,
} from "@sandglass/core";
import sharp from "sharp";

const SIDE = 24;

/** Fills a folder. */
export async function fillDocsFolder(folder: string): Promise<void> {
  const photos = Array.from({ length: 40 }, (_, number) => [number % 2 === 0 ? "even" : "odd", number] as const);
  for (const [name, number] of photos) await picture(join(folder, "photos", name), number, 3);
  for (const [set, classes, channels] of [
    ["chest_xray", ["NORMAL", "PNEUMONIA"], 1],
    ["cats-dogs", ["cat", "dog"], 3],
  ] as const) {
    for (const [part, count] of Object.entries({ train: 20, val: 2, test: 10 })) {
      for (const [kind, name] of classes.entries()) {
        for (let number = 0; number < count; number++) {
          await picture(join(folder, set, part, name), 2 * (number + 50 * part.length) + kind, channels);
        }
      }
    }
  }
  for (let number = 0; number < 30; number++) await picture(join(folder, "unlabelled"), number, 1);
  for (let number = 30; number < 36; number++) await picture(join(folder, "new-images"), number, 1);
  await sharp({ create: { width: 64, height: 48, channels: 3, background: "teal" } }).toFile(join(folder, "photo.png"));
  writeFileSync(join(folder, "image.json"), JSON.stringify(Array.from({ length: 6 }, () => [10, 10, 10, 0, 0, 0])));
  writeFileSync(join(folder, "kernel.json"), "[[1, 0, -1], [2, 0, -2], [1, 0, -1]]");
  writeFileSync(join(folder, "orders.csv"), ["zip,weight,price,remarks,late", ...orders()].join("\n"));
  await writeNetworks(folder);
}

/** Of even numbers rising to the right, of odd ones downwards, none like another. */
async function picture(folder: string, number: number, channels: 1 | 3): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const values = Uint8Array.from({ length: SIDE * SIDE * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    const along = number % 2 === 0 ? pixel % SIDE : Math.floor(pixel / SIDE);
    return 8 * along + ((pixel * (2 * number + 3)) & 31) + (number % 13);
  });
  await sharp(values, { raw: { width: SIDE, height: SIDE, channels } }).toFile(join(folder, `${number}.png`));
}

function orders(): readonly string[] {
  return Array.from(
    { length: 200 },
    (_, at) => `${10_000 + (at % 9)},${at % 13}.5,${(at * 37) % 50},text ${at},${at % 3 === 0 ? "no" : "yes"}`,
  );
}

async function writeNetworks(folder: string): Promise<void> {
  setRandomSeed(1);
  const mobileNet = applications.mobileNetV2({ alpha: 0.35, includeTop: false });
  writeFileSync(join(folder, "mobilenet_v2_0.35.h5"), await saveWeights(mobileNet));
  const network = sequential([
    input([SIDE, SIDE, 3], { name: "image" }),
    layers.conv2d(8, 3, { strides: 2, padding: "same", activation: "relu" }),
    layers.conv2d(16, 3, { strides: 2, padding: "same", activation: "relu" }),
    layers.globalAveragePooling2d(),
    layers.dense(5, { activation: "softmax" }),
  ]);
  writeFileSync(join(folder, "network.keras"), await saveModel(network));
  writeFileSync(join(folder, "network.onnx"), exportOnnx(network));
}
