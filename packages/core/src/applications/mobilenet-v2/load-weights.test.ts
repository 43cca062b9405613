import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeArray, readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { saveModel, saveWeights } from "../../formats/keras/index.ts";
import { exportOnnx } from "../../formats/onnx/index.ts";
import { conv2d, dense, globalAveragePooling2d, zeroPadding2d } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { loadMobileNetV2 } from "./load-weights.ts";
import { mobileNetV2 } from "./mobile-net-v2.ts";

const fixture = readFixture("applications");
const small = { alpha: 0.05, inputShape: [40, 48, 3] } as const;
const features = { ...small, includeTop: false, pooling: "avg" } as const;

// As `images` in generate_applications.py.
const images = Float32Array.from({ length: 2 * 40 * 48 * 3 }, (_, index) => ((index * 7919) % 256) / 127.5 - 1);

const file = (name: string): Uint8Array => new Uint8Array(gunzipSync(readFixtureBytes(name)));

async function expectPredictions(network: Model, expected: Float32Array): Promise<void> {
  const predicted = await network.predict(images);
  expect(predicted).toHaveLength(expected.length);
  const worst = expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (predicted[index] as number))),
    0,
  );
  expect(worst).toBeLessThan(1e-5);
  await network.dispose();
}

describe("weights of Keras", () => {
  const predictions = decodeArray(fixture.classifier.predictions).data;
  const means = decodeArray(fixture.withAnotherHead.features).data;

  it("alone, with the classifier", async () => {
    const network = await loadMobileNetV2(file(fixture.classifier.weights), { ...small, classes: 4 });
    await expectPredictions(network, predictions);
  });

  it("alone, for features", async () => {
    const bytes = file(fixture.classifier.weights);
    const network = await loadMobileNetV2(bytes, { ...features, classes: 4 });
    const whole = await loadMobileNetV2(bytes, { ...small, classes: 4 });
    const cut = model(whole.inputs, whole.getLayer(-2).output);
    await expectPredictions(network, await cut.predict(images));
    await cut.dispose();
  });

  it.each(["h5", "keras"] as const)("in a model with another head (.%s), which is ignored", async (kind) => {
    await expectPredictions(await loadMobileNetV2(file(fixture.withAnotherHead[kind]), features), means);
  });

  it("for images of another size", async () => {
    const network = await loadMobileNetV2(file(fixture.withAnotherHead.keras), {
      ...features,
      inputShape: [33, 64, 3],
    });
    expect(network.output.shape).toEqual([1280]);
  });
});

describe("weights saved here", () => {
  let network: Model;
  let expected: Float32Array;

  beforeAll(async () => {
    network = await loadMobileNetV2(file(fixture.classifier.weights), { ...small, classes: 4 });
    expected = await network.predict(images);
    return () => network.dispose();
  });

  const ways = {
    ".weights.h5": () => saveWeights(network),
    "legacy weights": () => saveWeights(network, { format: "legacy" }),
    ".keras": () => saveModel(network),
    ".onnx": async () => exportOnnx(network),
  };

  it.each(Object.entries(ways))("are read again from %s", async (_, save) => {
    const loaded = await loadMobileNetV2(await save(), { ...small, classes: 4 });
    await expectPredictions(loaded, expected);
  });

  it("do not go into another network", async () => {
    const bytes = await saveModel(network);
    await expect(loadMobileNetV2(bytes, { ...small, alpha: 1 })).rejects.toThrow(
      /layer "Conv1" \(Conv2D\).*needs a kernel \[3, 3, 3, 32\], and the file has \[3, 3, 3, 8\].*another alpha/,
    );
    await expect(loadMobileNetV2(bytes, small)).rejects.toThrow(
      /"predictions".*needs a kernel \[1280, 1000\].*\[1280, 4\].*ask for includeTop: false/,
    );
    await expect(loadMobileNetV2(await saveWeights(network), small)).rejects.toThrow(
      /does not hold the weights of this MobileNetV2: with a classifier, .*; without a classifier, /,
    );
  });
});

describe("other networks", () => {
  it("are refused where they have other strides, or pad as PyTorch does", async () => {
    const image = input([40, 48, 3]);
    const withFirst = (first: Model["output"]): Model => model(image, dense(2)(globalAveragePooling2d()(first)));
    const sliding = withFirst(conv2d(8, 3, { padding: "same", useBias: false })(image));
    await expect(loadMobileNetV2(await saveModel(sliding), features)).rejects.toThrow(
      /layer "Conv1" \(Conv2D\) has strides \[2,2\].*\[1,1\]: that is another network/,
    );
    const centred = withFirst(conv2d(8, 3, { strides: 2, useBias: false })(zeroPadding2d(1)(image)));
    await expect(loadMobileNetV2(await saveModel(centred), features)).rejects.toThrow(
      /pads images \[40, 48, 3\] by \[\[1,1\],\[1,1\]\].*take the model of the file itself as a base/,
    );
  });

  it("are refused where they end too early", async () => {
    const image = input([40, 48, 3]);
    const short = model(image, conv2d(8, 3, { strides: 2, padding: "same", useBias: false })(image));
    await expect(loadMobileNetV2(await saveModel(short), features)).rejects.toThrow(
      /"expanded_conv_depthwise".*and the file has no further weights/,
    );
  });

  it("and files of no kind are, too", async () => {
    await expect(loadMobileNetV2(Uint8Array.of(1, 2, 3), features)).rejects.toThrow(/ONNX/);
    expect(() => mobileNetV2(features)).not.toThrow();
  });
});
