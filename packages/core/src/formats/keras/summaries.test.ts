// What `summary` prints, against what Keras prints of the same models. They stand in Keras's JSON, which is read here.
import { expect, test } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { dense, dropout } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { buildModel } from "./build-model.ts";
import { optimizerFromConfig } from "./optimizer-config.ts";
import { parseModelConfig } from "./parse-model-config.ts";

const cases = readFixture("summaries").cases.map((entry) => {
  const config = JSON.parse(entry.config) as { config: { name: string } };
  return { ...entry, config, name: config.config.name };
});

async function trained(model: Model, optimizer: (typeof cases)[number]["optimizer"]): Promise<void> {
  if (optimizer === null) return;
  model.compile({
    optimizer: optimizerFromConfig({ className: optimizer.class_name, config: optimizer.config }),
    loss: "mse",
  });
  const zerosOf = (tensors: Model["inputs"]): Float32Array[] =>
    tensors.map(({ shape }) => new Float32Array(2 * shape.reduce((size, dim) => size * dim, 1)));
  await model.trainOnBatch(zerosOf(model.inputs), zerosOf(model.outputs));
}

function expectKerasText(model: Model, texts: (typeof cases)[number]["texts"]): void {
  for (const { options, lines } of texts) {
    const {
      line_length: lineLength,
      expand_nested: expandNested = false,
      show_trainable: showTrainable = false,
    } = options;
    const range = options.layer_range === undefined ? {} : { layerRange: options.layer_range };
    const text = model.summary({ print: () => {}, lineLength, expandNested, showTrainable, ...range });
    expect(text.split("\n")).toEqual(lines);
  }
}

test.each(cases.filter(({ name }) => name !== "late"))("$name", async ({ config, optimizer, texts }) => {
  const model = buildModel(parseModelConfig(config));
  await trained(model, optimizer);
  expectKerasText(model, texts);
  await model.dispose();
});

test("a model whose shapes are not known yet", () => {
  const late = sequential([dense(3, { name: "first" }), dropout(0.5, { name: "drop" })], { name: "late" });
  expectKerasText(late, cases.find(({ name }) => name === "late")?.texts ?? []);
});

test("a range that fits no layers, and a line that is too short, are refused", () => {
  const model = sequential([input([2]), dense(1, { name: "only" })], { name: "small" });
  const print = (): void => {};
  expect(() => model.summary({ print, layerRange: ["only", "other"] })).toThrow(
    'layerRange only to other fits no layers of "small"; it has only',
  );
  expect(() => model.summary({ print, lineLength: 10 })).toThrow("a line of 10 characters is too short");
});
