import { afterEach, describe, expect, test } from "vitest";
import { RandomStream } from "../../data/random-stream.ts";
import {
  activation,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
} from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { enlargeMaps, featureMaps, gradCam, normalizeMaps } from "./index.ts";

useDefaultDevice(2);

const owners: Model[] = [];
afterEach(async () => {
  for (const owner of owners.splice(0)) await owner.dispose();
});

function owned<M extends Model>(made: M): M {
  owners.push(made);
  return made;
}

function pictures(count: number, size = 6): Float32Array {
  const random = new RandomStream(3);
  return Float32Array.from({ length: count * size * size }, () => random.uniform(-1, 1));
}

/** Convolution (3 maps of 4×4), then a hidden layer with a curve in it, then scores. */
function classifier(units: number, last: "softmax" | "sigmoid" | "linear"): { whole: Model; maps: Model } {
  setRandomSeed(5);
  const image = input([6, 6, 1]);
  const seen = conv2d(3, 3, { activation: "tanh", name: "seen" })(image);
  const hidden = dense(7, { activation: "tanh", name: "hidden" })(flatten()(seen));
  const scores = dense(units, { activation: last, name: "scores" })(hidden);
  return { whole: owned(model(image, scores)), maps: owned(model(image, seen)) };
}

/** The scores of maps A [4, 4, 3] in float64: tanh(A W₁ + b₁) W₂ + b₂. */
function scoresOfMaps(whole: Model, maps: ArrayLike<number>): number[] {
  const [w1, b1, w2, b2] = ["hidden/kernel", "hidden/bias", "scores/kernel", "scores/bias"].map((path) =>
    whole.getVariable(path).read(),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const layer = (x: ArrayLike<number>, w: Float32Array, b: Float32Array): number[] =>
    Array.from(b, (bias, o) => {
      let sum = bias;
      for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (w[i * b.length + o] as number);
      return sum;
    });
  return layer(layer(maps, w1, b1).map(Math.tanh), w2, b2);
}

/** Equations 1 and 2 in float64, the gradient by central differences. */
function heatByDifferences(maps: Float32Array, score: (maps: ArrayLike<number>) => number): number[] {
  const step = 1e-5;
  const slopes = Array.from(maps, (_, place) => {
    const moved = (by: number): Float64Array =>
      Float64Array.from(maps, (value, at) => (at === place ? value + by : value));
    return (score(moved(step)) - score(moved(-step))) / (2 * step);
  });
  const weights = [0, 1, 2].map(
    (k) => slopes.filter((_, place) => place % 3 === k).reduce((sum, s) => sum + s, 0) / 16,
  );
  return Array.from({ length: 16 }, (_, place) =>
    Math.max(
      0,
      weights.reduce((sum, weight, k) => sum + weight * (maps[place * 3 + k] as number), 0),
    ),
  );
}

describe("Grad-CAM is equation 2, with the gradient by central differences in float64", () => {
  const images = pictures(5);

  test.each(["softmax", "sigmoid", "linear"] as const)("of four scores, %s", async (last) => {
    const { whole, maps } = classifier(4, last);
    const made = await maps.predict(images);
    for (const classIndex of [0, 3]) {
      const came = await gradCam(whole, images, { classIndex, batchSize: 2, layer: "seen" });
      expect(came).toMatchObject({ layer: "seen", height: 4, width: 4 });
      expect([...came.classes]).toEqual([classIndex, classIndex, classIndex, classIndex, classIndex]);
      expect(came.maps.some((value) => value > 0.001)).toBe(true);
      for (let image = 0; image < 5; image++) {
        const own = made.subarray(image * 48, (image + 1) * 48);
        const expected = heatByDifferences(own, (moved) => scoresOfMaps(whole, moved)[classIndex] as number);
        const heat = came.maps.subarray(image * 16, (image + 1) * 16);
        // float32: sums of 48 products of about 1
        for (const [place, value] of expected.entries()) expect(heat[place]).toBeCloseTo(value, 5);
      }
    }
  });

  test("of one score, which speaks for class 1 and against class 0", async () => {
    const { whole, maps } = classifier(1, "sigmoid");
    const made = await maps.predict(images);
    const probabilities = await whole.predict(images);
    const came = await gradCam(whole, images);
    expect([...came.classes]).toEqual(Array.from(probabilities, (p) => (p > 0.5 ? 1 : 0)));
    expect(new Set(came.classes).size).toBe(2);
    for (const [image, index] of came.classes.entries()) {
      const own = made.subarray(image * 48, (image + 1) * 48);
      const sign = index === 1 ? 1 : -1;
      const expected = heatByDifferences(own, (moved) => sign * (scoresOfMaps(whole, moved)[0] as number));
      const heat = came.maps.subarray(image * 16, (image + 1) * 16);
      for (const [place, value] of expected.entries()) expect(heat[place]).toBeCloseTo(value, 5);
    }
  });

  test("of the class that each image was taken for, or of one for each", async () => {
    const { whole } = classifier(4, "softmax");
    const probabilities = await whole.predict(images);
    const taken = Array.from({ length: 5 }, (_, image) => {
      const own = [...probabilities.subarray(image * 4, image * 4 + 4)];
      return own.indexOf(Math.max(...own));
    });
    const came = await gradCam(whole, images);
    expect([...came.classes]).toEqual(taken);
    expect(await gradCam(whole, images, { classIndex: taken })).toEqual(came);
    const others = await gradCam(whole, images, { classIndex: taken.map((index) => (index + 1) % 4) });
    expect(others.maps).not.toEqual(came.maps);
  });
});

describe("layers", () => {
  /** A network within a network, as a pretrained base is within a classifier. */
  function nested(): Model {
    setRandomSeed(1);
    const base = sequential(
      [
        conv2d(2, 3, { name: "first", padding: "same" }),
        maxPooling2d(2, { name: "pool" }),
        conv2d(5, 3, { name: "last", padding: "same" }),
        batchNormalization({ name: "normal" }),
        activation("relu", { name: "out" }),
      ],
      { inputShape: [8, 8, 1], name: "base" },
    );
    const image = input([8, 8, 1]);
    const scores = dense(3, { activation: "softmax", name: "scores" })(
      dropout(0.5)(globalAveragePooling2d()(base(image))),
    );
    return owned(model(image, scores, { name: "whole" }));
  }
  const images = pictures(2, 8);

  test("unless named, the last with the size of the last convolution, within models too", async () => {
    const whole = nested();
    const came = await gradCam(whole, images);
    expect(came).toMatchObject({ layer: "base/out", height: 4, width: 4 });
    expect(await gradCam(whole, images, { layer: "out" })).toEqual(came);
    expect(await gradCam(whole, images, { layer: "base/first" })).toMatchObject({ height: 8, width: 8 });
  });

  test("feature maps are what the layers make", async () => {
    const whole = nested();
    const maps = await featureMaps(whole, images);
    expect(maps.map(({ layer, outputOf, className, shape }) => [layer, outputOf, className, shape])).toEqual([
      ["base/first", "base/first", "Conv2D", [8, 8, 2]],
      // With its normalization and its activation.
      ["base/last", "base/out", "Conv2D", [4, 4, 5]],
    ]);
    const base = whole.getLayer("base") as Model;
    const until = owned(model(base.inputs, base.getLayer("first").output));
    expect(maps[0]?.values).toEqual(await until.predict(images));
    expect(maps[1]?.values).toEqual(await base.predict(images));
    const [last] = await featureMaps(whole, images, { layers: ["last"] });
    expect([last?.outputOf, last?.values]).toEqual([
      "base/last",
      await owned(model(base.inputs, base.getLayer("last").output)).predict(images),
    ]);
    const [pooled] = await featureMaps(whole, images, { layers: ["pool"] });
    expect(pooled?.shape).toEqual([4, 4, 2]);
    expect(pooled?.values).toEqual(await owned(model(base.inputs, base.getLayer("pool").output)).predict(images));
  });

  test("errors", async () => {
    const whole = nested();
    await expect(gradCam(whole, images, { layer: "outt" })).rejects.toThrow('has no layer "outt"; did you mean "out"?');
    await expect(gradCam(whole, images, { layer: "scores" })).rejects.toThrow(
      /makes \[3\] of an image; Grad-CAM needs maps/u,
    );
    await expect(gradCam(whole, images, { classIndex: 3 })).rejects.toThrow(
      "tells classes 0 to 2 apart; class 3 was asked for",
    );
    await expect(gradCam(whole, images, { classIndex: [0] })).rejects.toThrow("1 classes came for 2 images");
    await expect(featureMaps(whole, images, { layers: ["scores"] })).rejects.toThrow("maps are of the shape");
    const flat = owned(sequential([dense(2)], { inputShape: [64] }));
    await expect(featureMaps(flat, images)).rejects.toThrow("has no convolution, and so no feature maps");
    await expect(gradCam(flat, images)).rejects.toThrow("has no convolution, so that nothing says where it looks");
    const picture = owned(sequential([conv2d(2, 3)], { inputShape: [8, 8, 1] }));
    await expect(gradCam(picture, images)).rejects.toThrow(
      /whose only output is scores \[classes\].*makes \[6, 6, 2\]/u,
    );
  });
});

test("maps are enlarged between the centres of their fields, and normalized", () => {
  const wide = enlargeMaps(Float32Array.of(0, 4), { height: 1, width: 2 }, { height: 2, width: 4 });
  expect([...wide]).toEqual([0, 1, 3, 4, 0, 1, 3, 4]);
  const two = enlargeMaps(Float32Array.of(1, 2, 3, 4), { height: 2, width: 1 }, { height: 3, width: 1 });
  expect([...two]).toEqual([1, 1.5, 2, 3, 3.5, 4]);
  expect([...normalizeMaps(Float32Array.of(1, 2, 0, 0, 4, 3), 2)]).toEqual([0.5, 1, 0, 0, 1, 0.75]);
});
