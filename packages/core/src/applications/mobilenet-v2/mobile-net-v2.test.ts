import { beforeEach, describe, expect, it } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { resetNames } from "../../nn/names.ts";
import { divisibleBy8 } from "./inverted-residual.ts";
import { mobileNetV2 } from "./mobile-net-v2.ts";
import { inputRescaling, preprocessInput } from "./preprocess-input.ts";

beforeEach(resetNames);

describe("mobileNetV2", () => {
  const { architectures } = readFixture("applications");

  it.each(architectures)("is Keras's $name, layer for layer (top: $includeTop)", (expected) => {
    const { alpha, includeTop, inputShape } = expected;
    const network = mobileNetV2({ alpha, includeTop, inputShape });
    expect(network.name).toBe(expected.name);
    expect(network.countParams()).toBe(expected.parameters);
    expect(network.layers.map(({ name, output }) => `${name} [${output.shape.join(", ")}]`)).toEqual(expected.layers);
  });

  it("pools its features, or classifies otherwise than by softmax", () => {
    const small = { alpha: 0.05, inputShape: [32, 32, 3] } as const;
    const layersOf = (pooling: "avg" | "max"): readonly string[] =>
      mobileNetV2({ ...small, includeTop: false, pooling })
        .layers.slice(-1)
        .map(({ className, output }) => `${className} ${output.shape.join()}`);
    expect(layersOf("avg")).toEqual(["GlobalAveragePooling2D 1280"]);
    expect(layersOf("max")).toEqual(["GlobalMaxPooling2D 1280"]);
    const logits = mobileNetV2({ ...small, classes: 7, classifierActivation: "linear", name: "logits" });
    expect(logits.name).toBe("logits");
    expect(logits.getLayer("predictions").getConfig()).toMatchObject({ units: 7, activation: "linear" });
  });

  it("refuses what is no image, is too small, or no option", () => {
    expect(() => mobileNetV2({ inputShape: [31, 224, 3] })).toThrow(
      /at least 32 rows and columns; \[31, 224, 3\] came/,
    );
    expect(() => mobileNetV2({ inputShape: [224, 224] })).toThrow(/\[height, width, channels\].*\[224, 224\] came/);
    expect(() => mobileNetV2({ alpha: 0 })).toThrow(/alpha of MobileNetV2 must be a number greater than 0; 0 came/);
    expect(() => mobileNetV2({ pooling: "avg" })).toThrow(/for includeTop: false/);
    expect(() => mobileNetV2({ includeTop: false, pooling: "mean" as "avg" })).toThrow(
      /must be "avg" or "max".*"mean"/,
    );
  });
});

it("rounds numbers of filters to multiples of 8, never down by more than a tenth", () => {
  expect([1, 8, 11, 12, 33.6, 1792, 19, 18.9].map(divisibleBy8)).toEqual([8, 8, 16, 16, 32, 1792, 24, 24]);
});

describe("preprocessing", () => {
  it("takes bytes to numbers from −1 to 1", () => {
    expect(preprocessInput(Uint8Array.of(0, 51, 255))).toEqual(Float32Array.of(-1, Math.fround(-0.6), 1));
  });

  it("is a layer, too", () => {
    expect(inputRescaling({ name: "pixels" }).getConfig()).toMatchObject({
      name: "pixels",
      scale: 1 / 127.5,
      offset: -1,
    });
  });
});
