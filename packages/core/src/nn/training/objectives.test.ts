/** Histories of `fit` against real Keras: several outputs and losses, weights of samples and classes, reductions, penalties. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { EncodedArray, ObjectiveCase } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { Device } from "../../runtime/device.ts";
import { maxNorm } from "../constraints/index.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { meanSquaredError } from "../losses/index.ts";
import { model } from "../model/functional.ts";
import type { Model } from "../model/model.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { l1, l1l2, l2 } from "../regularizers/index.ts";
import type { FitOptions } from "./fit.ts";
import type { ObjectiveOptions } from "./objective.ts";

const { cases, batchSize, epochs } = readFixture("objectives");
let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());
beforeEach(resetNames);

function twoBranches(): Model {
  const [a, b] = [input([3], { name: "a" }), input([2], { name: "b" })];
  const left = dense(2, { activation: "sigmoid", name: "left" })(dense(4, { activation: "tanh", name: "first" })(a));
  const right = dense(3, { activation: "softmax", name: "right" })(dense(5, { activation: "tanh", name: "second" })(b));
  return model([a, b], [left, right], { name: "branches" });
}

function classifier(units: number, activation: string, options: Parameters<typeof dense>[1] = {}): Model {
  const x = input([3], { name: "x" });
  const hidden = dense(4, { activation: "tanh", name: "hidden", ...options })(x);
  return model(x, dense(units, { activation, name: "out" })(hidden), { name: "classifier" });
}

interface Setting {
  readonly model: () => Model;
  readonly objective: ObjectiveOptions;
  readonly fit?: FitOptions;
}

const branches: ObjectiveOptions = {
  loss: { left: "mse", right: "categorical_crossentropy" },
  lossWeights: { left: 0.5, right: 2 },
  metrics: { left: ["mae"], right: "accuracy" },
  weightedMetrics: [["mae"], ["accuracy"]],
};

const penalties = {
  kernelRegularizer: l1l2({ l1: 0.01, l2: 0.02 }),
  biasRegularizer: l2(0.1),
  activityRegularizer: l1(0.05),
  kernelConstraint: maxNorm(0.8),
};

const SETTINGS: Readonly<Record<string, Setting>> = {
  branches: { model: twoBranches, objective: branches },
  "weighted branches": { model: twoBranches, objective: branches },
  "one branch only": { model: twoBranches, objective: { loss: [undefined, "categorical_crossentropy"] } },
  "class weights": {
    model: () => classifier(3, "softmax"),
    objective: { loss: "categorical_crossentropy", metrics: ["accuracy"], weightedMetrics: ["accuracy"] },
    fit: { classWeight: { 0: 0.5, 2: 3 } },
  },
  "class weights of yes or no": {
    model: () => classifier(1, "sigmoid"),
    objective: { loss: "binary_crossentropy", metrics: ["accuracy"] },
    fit: { classWeight: { 0: 0.5, 1: 2 } },
  },
  sum: { model: () => classifier(2, "linear"), objective: { loss: meanSquaredError({ reduction: "sum" }) } },
  "mean with sample weight": {
    model: () => classifier(2, "linear"),
    objective: { loss: meanSquaredError({ reduction: "meanWithSampleWeight" }) },
  },
  penalties: { model: () => classifier(2, "linear", penalties), objective: { loss: "mse" } },
};

function decoded(arrays: Readonly<Record<string, EncodedArray>>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, decodeArray(array).data]));
}

async function train(entry: ObjectiveCase, { model: build, objective, fit: options = {} }: Setting): Promise<Model> {
  const trained = build();
  for (const variable of trained.variables) variable.assign(decodeArray(entry.weights[variable.path]!).data);
  trained.compile({ optimizer: sgd({ learningRate: 0.3 }), ...objective, device });
  const isWeighted = Object.keys(entry.sampleWeights).length > 0;
  const validation = [decoded(entry.validationInputs), decoded(entry.validationTargets)] as const;
  const history = await trained.fit(decoded(entry.inputs), decoded(entry.targets), {
    ...options,
    ...(isWeighted && { sampleWeight: decoded(entry.sampleWeights) }),
    validationData: isWeighted ? [...validation, decoded(entry.validationWeights)] : validation,
    batchSize,
    epochs,
    shuffle: false,
  });
  expect(Object.keys(history.history).toSorted()).toEqual(Object.keys(entry.history).toSorted());
  for (const [name, values] of Object.entries(entry.history)) {
    for (const [epoch, value] of values.entries()) expect(history.history[name]![epoch]).toBeCloseTo(value, 5);
  }
  return trained;
}

test.each(cases.map((entry) => [entry.name, entry] as const))("%s", async (name, entry) => {
  const trained = await train(entry, SETTINGS[name]!);
  for (const variable of trained.variables) {
    const expected = decodeArray(entry.finalWeights[variable.path]!).data;
    for (const [index, value] of variable.read().entries()) expect(value).toBeCloseTo(expected[index]!, 5);
  }
  await trained.dispose();
});
