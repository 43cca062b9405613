import { describe, expect, test } from "vitest";
import { input, layers, losses, metrics, model } from "../../index.ts";
import type { JsonValue } from "../../nn/keras-object.ts";
import type { CompileOptions, Model } from "../../index.ts";
import { describeObjective, objectiveFromConfig } from "./objective-config.ts";
import type { ObjectiveDescription } from "./objective-config.ts";

function twoOutputs(): Model {
  const start = input([4]);
  return model(start, [
    layers.dense(2, { name: "a" })(start),
    layers.dense(3, { name: "b", activation: "softmax" })(start),
  ]);
}

/** What files say of a model that is compiled so. */
function described(options: Omit<CompileOptions, "optimizer">, compiled: Model = twoOutputs()): ObjectiveDescription {
  compiled.compile({ optimizer: "sgd", ...options });
  return describeObjective(compiled.compiled?.objective ?? []);
}

const object = (module: string, className: string, config: object): object => ({
  module: `keras.${module}`,
  class_name: className,
  config: expect.objectContaining(config) as object,
  registered_name: null,
});

describe("written", () => {
  test("one output: a loss, and metrics in a list", () => {
    const start = input([4]);
    const single = model(start, layers.dense(2)(start));
    const loss = losses.huber({ delta: 2, reduction: "sum", name: "mine" });
    expect(described({ loss, metrics: ["accuracy", "mae", metrics.auc()] }, single)).toEqual({
      loss: object("losses", "Huber", { name: "mine", reduction: "sum", delta: 2 }),
      metrics: ["accuracy", "mae", "auc"],
      weightedMetrics: null,
    });
    expect(described({ loss: "mse" }, single)).toMatchObject({ metrics: null });
  });

  test("several outputs: lists in their order", () => {
    const named = metrics.meanSquaredError({ name: "squares" });
    const options = {
      loss: { b: "kld" },
      lossWeights: { b: 0.5 },
      metrics: { a: ["mae", named] },
      weightedMetrics: ["acc", []],
    };
    expect(described(options)).toEqual({
      loss: [null, object("losses", "KLDivergence", { reduction: "sum_over_batch_size" })],
      lossWeights: [1, 0.5],
      metrics: [["mae", object("metrics", "MeanSquaredError", { name: "squares", dtype: "float32" })], []],
      weightedMetrics: [["acc"], []],
    });
  });

  test("metrics whose name does not say all, or means something else to Keras", () => {
    const list = [
      "hinge",
      "squaredHinge",
      metrics.meanIou(3),
      "huber",
      metrics.accuracy({ name: "right" }),
      metrics.f1Score({ threshold: 1 }),
    ];
    expect(described({ loss: "mse", metrics: [list, []] })).toMatchObject({
      metrics: [
        [
          "hinge",
          object("metrics", "SquaredHinge", { name: "squaredHinge" }),
          object("metrics", "MeanIoU", { name: "mean_io_u", num_classes: 3 }),
          { module: "builtins", class_name: "function", config: "huber", registered_name: "function" },
          "accuracy",
          object("metrics", "F1Score", { threshold: 1 }),
        ],
        [],
      ],
    });
  });

  test("metrics of one's own are left out, a loss of one's own is refused", () => {
    expect(described({ loss: "mse", metrics: [[(target) => target, "mae"], ["psnr"]] })).toMatchObject({
      metrics: [["mae"], []],
    });
    expect(() => described({ loss: ["mse", (target) => target] })).toThrow(
      /is none of Keras's.*includeOptimizer: false/u,
    );
    expect(() => described({ loss: "ssim" })).toThrow('the loss "ssim_loss" is none of Keras');
  });
});

describe("read", () => {
  const outputs = ["a", "b"];
  const functionNamed = (name: string): JsonValue => ({
    module: "builtins",
    class_name: "function",
    config: name,
    registered_name: "function",
  });
  const meanSquaredError = {
    module: "keras.losses",
    class_name: "MeanSquaredError",
    config: { name: "x", reduction: "sum" },
  };

  test.each([
    ["mse", ["mean_squared_error", "mean_squared_error"]],
    [functionNamed("mean_absolute_error"), ["mean_absolute_error", "mean_absolute_error"]],
    [
      ["mse", null],
      ["mean_squared_error", undefined],
    ],
    [{ b: meanSquaredError }, [undefined, "x"]],
    [meanSquaredError, ["x", "x"]],
    [null, [undefined, undefined]],
  ] as [JsonValue, unknown[]][])("losses %j", (loss, names) => {
    const objective = objectiveFromConfig({ loss }, outputs);
    expect((objective.loss as ({ name: string } | undefined)[]).map((each) => each?.name)).toEqual(names);
  });

  test.each([
    [null, [1, 1]],
    [2, [2, 2]],
    [
      [1, 0.5],
      [1, 0.5],
    ],
    [{ b: 3 }, [1, 3]],
  ] as [JsonValue, number[]][])("weights of losses %j", (lossWeights, weights) => {
    expect(objectiveFromConfig({ loss: "mse", lossWeights }, outputs).lossWeights).toEqual(weights);
  });

  test.each([
    [null, [[], []]],
    [
      ["mae", "mse"],
      [["mae"], ["mse"]],
    ],
    [
      [["mae", "acc"], []],
      [["mae", "acc"], []],
    ],
    [{ b: "accuracy" }, [[], ["accuracy"]]],
    [{ a: ["mae", functionNamed("mean_squared_error")] }, [["mae", "mean_squared_error"], []]],
    // Functions and classes of one's own, and settings that are not available.
    [
      [[functionNamed("mine"), "mae"], { module: "my.package", class_name: "Mine", config: { name: "mine" } }],
      [["mae"], []],
    ],
    [
      [[], { class_name: "AUC", config: { name: "area", curve: "XYZ" } }],
      [[], []],
    ],
    [
      [[], { class_name: "Accuracy", config: { name: "equal", dtype: "float32" } }],
      [[], []],
    ],
    [
      [[], { class_name: "AUC", config: { name: "area", num_thresholds: 5 } }],
      [[], ["area"]],
    ],
  ] as [JsonValue, string[][]][])("metrics %j", (given, names) => {
    const objective = objectiveFromConfig({ loss: "mse", metrics: given, weightedMetrics: given }, outputs);
    const nameOf = (metric: string | { name: string }): string => (typeof metric === "string" ? metric : metric.name);
    const namesOf = (lists: unknown): string[][] =>
      (lists as (string | { name: string })[][]).map((list) => list.map(nameOf));
    expect(namesOf(objective.metrics)).toEqual(names);
    expect(namesOf(objective.weightedMetrics)).toEqual(names);
  });

  test("the only output's metrics stand alone or in a list of their own", () => {
    const metricsOf = (given: JsonValue): unknown =>
      objectiveFromConfig({ loss: "mse", metrics: given }, ["a"]).metrics;
    expect(metricsOf(["mae", "acc"])).toEqual([["mae", "acc"]]);
    expect(metricsOf([["mae", "acc"]])).toEqual([["mae", "acc"]]);
  });

  test("refuses unknown losses and outputs, and lists of another length", () => {
    expect(() => objectiveFromConfig({ loss: "mine" }, outputs)).toThrow(/unknown loss "mine".*compile: false/u);
    expect(() => objectiveFromConfig({ loss: { c: "mse" } }, outputs)).toThrow(
      'the losses of the model name "c"; its outputs are a, b',
    );
    expect(() => objectiveFromConfig({ loss: ["mse"] }, outputs)).toThrow("has 2 outputs, a, b, and 1 losses");
    expect(() => objectiveFromConfig({ loss: "mse", lossWeights: ["1", 2] }, outputs)).toThrow("must be a number");
    expect(() => objectiveFromConfig({ loss: 3 }, outputs)).toThrow("the loss must be an object");
  });
});
