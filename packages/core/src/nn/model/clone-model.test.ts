import { beforeEach, describe, expect, test } from "vitest";
import { batchNormalization, dense, dropout, normalization } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import type { Layer } from "../layers/layer.ts";
import { resetNames } from "../names.ts";
import { cloneModel } from "./clone-model.ts";
import { model } from "./functional.ts";
import type { Model } from "./model.ts";
import { sequential } from "./sequential.ts";

beforeEach(resetNames);

/** Models within models, a shared layer, a frozen one, and two outputs. */
function nested(): Model {
  const start = input([4], { name: "start" });
  const encoder = sequential([dense(3, { activation: "relu" }), batchNormalization()], { name: "encoder" });
  const shared = dense(3, { name: "shared" });
  const code = shared(shared(encoder(start)));
  const latent = input([3], { name: "latent" });
  const decoder = model(latent, dropout(0.2)(dense(4, { trainable: false, name: "fixed" })(latent)), {
    name: "decoder",
  });
  return model(start, [decoder(code), code], { name: "whole" });
}

function configs(layers: readonly Layer[]): unknown[] {
  return layers.map((layer) => ("layers" in layer ? configs(layer.layers as Layer[]) : layer.getConfig()));
}

describe("a clone", () => {
  test("has the same layers, connected in the same way, and weights of its own", () => {
    const original = nested();
    const clone = cloneModel(original);
    expect(configs(clone.layers)).toEqual(configs(original.layers));
    const textOf = (each: Model): string => each.summary({ print: () => {}, expandNested: true, lineLength: 120 });
    expect(textOf(clone)).toBe(textOf(original));
    expect(clone.variables.map(({ path }) => path)).toEqual(original.variables.map(({ path }) => path));
    expect(clone.variables.filter((variable) => original.variables.includes(variable))).toEqual([]);
    expect(clone.trainableVariables).toHaveLength(original.trainableVariables.length);
    expect(clone.getVariable("shared/kernel").read()).not.toEqual(original.getVariable("shared/kernel").read());
  });

  test("computes the same once it has the same weights, and is not compiled", async () => {
    const original = nested();
    original.compile({ optimizer: "sgd", loss: "mse" });
    const clone = cloneModel(original);
    expect(clone.compiled).toBeUndefined();
    clone.setWeights(original.getWeights());
    const x = Float32Array.of(1, -2, 3, 0.5);
    expect(await clone.predictAll(x)).toEqual(await original.predictAll(x));
    await original.dispose();
    await clone.dispose();
  });

  test("of a sequential model keeps its input, or its lack of one", () => {
    expect(cloneModel(sequential([input([5]), dense(2)])).inputs.map(({ shape }) => shape)).toEqual([[5]]);
    const late = cloneModel(sequential([dense(2)], { name: "late" }));
    expect([late.built, late.name]).toEqual([false, "late"]);
  });

  test("does not take what a layer has learned", () => {
    const scale = normalization();
    scale.adapt({ data: Float32Array.of(1, 2, 3, 4), shape: [1] });
    const clone = cloneModel(sequential([input([1]), scale]));
    expect(clone.getWeights().map((values) => [...values])).toEqual([[0], [1], [0]]);
  });

  test("may share layers, or have others in their place", () => {
    const start = input([4]);
    const small = model(start, dense(4, { name: "other" })(dense(3, { name: "shared" })(start)));
    const clone = cloneModel(small, {
      cloneFunction: (layer) => (layer.name === "shared" ? layer : dense(4, { name: "another" })),
    });
    expect(clone.layers.map(({ name }) => name)).toEqual(["input_layer", "shared", "another"]);
    expect(clone.getLayer("shared")).toBe(small.getLayer("shared"));
  });
});

describe("variables by their paths", () => {
  test("are found and set, all of them or none", () => {
    const chain = sequential([input([2]), dense(1)]);
    expect(chain.getVariable("sequential/dense/bias").shape).toEqual([1]);
    chain.setWeights({ "sequential/dense/kernel": [3, 4] });
    expect(chain.getWeights().map((values) => [...values])).toEqual([[3, 4], [0]]);
    expect(() => chain.setWeights({ "sequential/dense/kernel": [1, 1], "sequential/dense/bias": [1, 2] })).toThrow(
      'variable "sequential/dense/bias" has the shape [1], 1 values; 2 came',
    );
    expect(chain.getVariable("sequential/dense/kernel").read()).toEqual(Float32Array.of(3, 4));
    chain.setWeights([[5, 6], [7]]);
    expect(chain.getVariable("sequential/dense/bias").read()).toEqual(Float32Array.of(7));
  });

  test("are suggested when they are unknown, and not guessed when several have one path", () => {
    const chain = sequential([input([2]), dense(1)]);
    expect(() => chain.getVariable("sequential/dense/kernal")).toThrow(
      'model "sequential" has no variable "sequential/dense/kernal"; did you mean "sequential/dense/kernel"?',
    );
    const part = (name: string): Model => {
      const start = input([2]);
      return model(start, dense(2, { name: "same" })(start), { name });
    };
    const start = input([2]);
    const both = model(start, part("second")(part("first")(start)), { name: "both" });
    expect(() => both.getVariable("same/kernel")).toThrow('model "both" has 2 variables "same/kernel"');
  });
});

describe("layers", () => {
  test("are found by their place", () => {
    const original = nested();
    expect(original.getLayer(0).name).toBe("start");
    expect(original.getLayer(-1).name).toBe("decoder");
    expect(() => original.getLayer(9)).toThrow('model "whole" has 4 layers, counted from 0, none at 9');
    expect(() => original.getLayer(0.5)).toThrow("none at 0.5");
  });

  test("end models of their own, also those within models", async () => {
    const start = input([2], { name: "start" });
    const encoder = model(start, dense(3, { name: "code" })(dense(4, { name: "hidden" })(start)), { name: "encoder" });
    const whole = model(start, dense(2, { name: "last" })(encoder(start)), { name: "whole" });
    const x = Float32Array.of(1, 2);
    const hidden = model(whole.inputs, (whole.getLayer("encoder") as Model).getLayer("hidden").output);
    expect(hidden.variables).toEqual(encoder.getLayer("hidden").variables);
    expect(await hidden.predict(x)).toHaveLength(4);
    const code = model(whole.inputs, whole.getLayer("encoder").output);
    expect(await code.predict(x)).toEqual(await encoder.predict(x));
    const last = model(whole.inputs, whole.getLayer(-1).output);
    expect(await last.predict(x)).toEqual(await whole.predict(x));
    // Once more, now that the layers have been called for other models, too.
    expect(model(whole.inputs, whole.getLayer("last").output).outputs).toEqual(last.outputs);
    for (const each of [hidden, code, last, encoder, whole]) await each.dispose();
  });
});
