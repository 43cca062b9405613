// What an autoencoder has learned without labels goes on as the base of a classifier.
import { describe, expect, it } from "vitest";
import { loadModel, saveModel } from "../formats/keras/index.ts";
import { dense, flatten } from "../nn/layers/index.ts";
import { input } from "../nn/layers/input-layer.ts";
import { model } from "../nn/model/functional.ts";
import type { Model } from "../nn/model/model.ts";
import { conv, deep } from "./index.ts";

const COUNT = 16;
const samples = Float32Array.from({ length: COUNT * 64 }, (_, index) => ((index * 7919) % 256) / 255);
const labels = Float32Array.from({ length: COUNT }, (_, index) => index % 2);

describe.each([
  { name: "conv", create: () => conv({ filters: [4], code: 6 }) },
  { name: "deep", create: () => deep({ code: 6 }) },
])("the encoder of $name", ({ create }) => {
  it("stays as it is under a head that learns, can be cut at a layer, and goes into a file with it", async () => {
    const autoencoder = create();
    await autoencoder.fit({ data: samples, shape: [8, 8, 1] }, { epochs: 1 });
    const encoder = autoencoder.encoder as Model;
    encoder.trainable = false;
    const image = input([8, 8, 1]);
    const classifier = model(image, dense(2, { activation: "softmax" })(flatten()(encoder(image))));
    classifier.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    const before = encoder.getWeights();
    const head = classifier.getLayer(-1).getWeights();
    await classifier.fit(samples, labels, { epochs: 2, verbose: 0 });
    expect(encoder.getWeights()).toEqual(before);
    expect(classifier.getLayer(-1).getWeights()).not.toEqual(head);

    const codes = await encoder.predict(samples);
    const last = encoder.layers.at(-1)!;
    const cut = model(encoder.inputs, encoder.getLayer(last.name).output);
    expect(await cut.predict(samples)).toEqual(codes);
    const first = model(encoder.inputs, encoder.getLayer(1).output);
    expect(await first.predict(samples)).toHaveLength(COUNT * first.output.shape.reduce((a, b) => a * b, 1));

    const loaded = await loadModel(await saveModel(classifier));
    expect(loaded.trainableVariables).toHaveLength(2);
    expect(await loaded.predict(samples)).toEqual(await classifier.predict(samples));
    for (const each of [loaded, cut, first, classifier]) await each.dispose();
    await autoencoder.dispose();
  });
});
