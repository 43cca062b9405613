import { describe, expect, test } from "vitest";
import { readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import type { JsonValue, KerasConfig } from "../../nn/keras-object.ts";
import { readKerasFile } from "./keras-file.ts";
import { modelConfig } from "./model-config.ts";
import type { FunctionalDescription, ModelDescription } from "./model-description.ts";
import { isModel } from "./model-description.ts";
import { parseModelConfig } from "./parse-model-config.ts";

const models = readFixture("models");

async function configOf(file: string): Promise<KerasConfig> {
  return (await readKerasFile(readFixtureBytes(file))).config;
}

/** A model of one Dense layer, whose JSON tests then spoil. */
const small: FunctionalDescription = {
  className: "Functional",
  name: "small",
  trainable: true,
  layers: [
    { layer: { className: "InputLayer", name: "x", config: { batch_shape: [null, 3], name: "x" } }, calls: [] },
    {
      layer: { className: "Dense", name: "dense", config: { units: 2, name: "dense" } },
      calls: [[{ layer: "x", call: 0, output: 0, shape: [3] }]],
    },
  ],
  inputs: [{ layer: "x", call: 0, output: 0 }],
  outputs: [{ layer: "dense", call: 0, output: 0 }],
};

/** The small model's JSON with the value at a path replaced. */
function spoiled(path: readonly (string | number)[], value: unknown): KerasConfig {
  const config = structuredClone(modelConfig(small));
  let parent: Record<string | number, unknown> = config;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  parent[path.at(-1) ?? ""] = value;
  return config;
}

const dense = ["config", "layers", 1] as const;
const call = [...dense, "inbound_nodes", 0] as const;
const history = [...call, "args", 0, "config", "keras_history"] as const;

describe("what Keras wrote", () => {
  test("becomes a description: an autoencoder of two models", async () => {
    const model = parseModelConfig(await configOf("nested.keras")) as FunctionalDescription;
    expect(model).toMatchObject({ className: "Functional", name: "autoencoder", trainable: true });
    expect(model.inputs).toEqual([{ layer: "image", call: 0, output: 0 }]);
    expect(model.outputs).toEqual([{ layer: "decoder", call: 0, output: 0 }]);
    expect(model.layers.map(({ layer, calls }) => [layer.name, layer.className, calls])).toEqual([
      ["image", "InputLayer", []],
      ["encoder", "Functional", [[{ layer: "image", call: 0, output: 0, shape: [8, 8, 1] }]]],
      ["decoder", "Functional", [[{ layer: "encoder", call: 0, output: 0, shape: [4, 4, 4] }]]],
    ]);
    const encoder = model.layers[1]?.layer as FunctionalDescription;
    expect(encoder.layers.map(({ layer }) => layer.className)).toEqual(["InputLayer", "Conv2D", "MaxPooling2D"]);
    expect(encoder.layers[1]?.layer).toMatchObject({ config: { filters: 4, kernel_size: [3, 3], padding: "same" } });
  });

  test("becomes a description: a chain", async () => {
    const model = parseModelConfig(await configOf("sequential.keras"));
    expect(model.className).toBe("Sequential");
    expect(model.layers).toHaveLength(12);
    expect(model.layers[0]).toMatchObject({ className: "InputLayer", config: { batch_shape: [null, 8, 8, 1] } });
  });

  test("becomes a description: several inputs, and a layer called twice", async () => {
    const model = parseModelConfig(await configOf("branched.keras")) as FunctionalDescription;
    const calls = Object.fromEntries(model.layers.map(({ layer, calls }) => [layer.name, calls]));
    expect(calls["shared"]).toHaveLength(2);
    expect(calls["add"]).toEqual([[0, 1].map((call) => ({ layer: "shared", call, output: 0, shape: [3] }))]);
  });

  test.each(Object.values(models).filter((model) => "file" in model))("is written as read: $file", async ({ file }) => {
    const original = await configOf(file);
    expect(comparable(modelConfig(parseModelConfig(original)))).toEqual(comparable(original));
  });
});

const REDUNDANT = new Set([
  "build_config",
  "build_input_shape",
  "compile_config",
  "shared_object_id",
  "input_axes",
  "output_axes",
  "quantization_config",
  "ragged",
  "optional",
]);

/** Without what Keras never needs: shapes to build with, the identity of objects, settings of younger versions. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !REDUNDANT.has(key));
  const sequential = "class_name" in value && value.class_name === "Sequential";
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, comparable(sequential && key === "config" ? withoutDtype(inner) : inner)]),
  );
}

/** A sequential model has a dtype of its own, which its layers do not look at. */
function withoutDtype(config: object): object {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== "dtype"));
}

test("operations on tensors, as `x + y` becomes one, are the layers of their names", () => {
  const x = { layer: "x", call: 0, output: 0, shape: [3] };
  const both = { layer: { className: "Add", name: "plus", config: { name: "plus" } }, calls: [[x, x]] };
  const sum: ModelDescription = {
    ...small,
    layers: [small.layers[0]!, both],
    outputs: [{ layer: "plus", call: 0, output: 0 }],
  };
  const written = (className: string, operands: (list: readonly JsonValue[]) => readonly JsonValue[]): KerasConfig => {
    const config = modelConfig(sum);
    const [image, layer] = config.config["layers"] as [KerasConfig, KerasConfig];
    const [node] = layer["inbound_nodes"] as readonly [KerasConfig];
    const [list] = node["args"] as readonly [readonly JsonValue[]];
    const operation = {
      ...layer,
      module: "keras.src.ops.numpy",
      class_name: className,
      inbound_nodes: [{ args: operands(list), kwargs: {} }],
    };
    return { ...config, config: { ...config.config, layers: [image, operation] } };
  };
  expect(parseModelConfig(written("Add", (list) => list))).toEqual(sum);
  expect(() => parseModelConfig(written("Multiply", ([tensor = null]) => [tensor, 2]))).toThrow(
    'an input of a call of the layer "plus" must be an object in config.json; it is 2',
  );
  const withoutAxis = (tensor: JsonValue): JsonValue =>
    JSON.parse(JSON.stringify(tensor).replace('"shape":[null,3]', '"shape":[null]')) as JsonValue;
  expect(() => parseModelConfig(written("Add", ([tensor = null]) => [tensor, withoutAxis(tensor)]))).toThrow(
    'a call of the layer "plus" joins tensors with other numbers of axes',
  );
  expect(() => parseModelConfig(written("Dot", (list) => list))).toThrow("must be one in config.json");
});

test("several inputs and outputs are written as lists, one as itself", () => {
  const two: ModelDescription = { ...small, outputs: [...small.outputs, ...small.inputs] };
  expect(modelConfig(two).config).toMatchObject({
    input_layers: ["x", 0, 0],
    output_layers: [
      ["dense", 0, 0],
      ["x", 0, 0],
    ],
  });
  expect(parseModelConfig(modelConfig(two))).toEqual(two);
  expect(isModel(parseModelConfig(modelConfig(small)))).toBe(true);
});

test("settings that older versions of Keras refuse are written only where they say something", () => {
  const [input, layer] = small.layers;
  if (input === undefined || layer === undefined) throw new Error("the model has two layers");
  const initializer = { class_name: "GlorotUniform", config: { seed: null, input_axes: null, output_axes: [1] } };
  const config = { units: 2, quantization_config: null, kernel_initializer: initializer };
  const dense = { ...layer, layer: { className: "Dense", name: "dense", config } };
  expect(modelConfig({ ...small, layers: [input, dense] })).toMatchObject({
    config: {
      layers: [
        {},
        {
          config: {
            units: 2,
            name: "dense",
            kernel_initializer: { class_name: "GlorotUniform", config: { seed: null, output_axes: [1] } },
          },
        },
      ],
    },
  });
  expect(JSON.stringify(modelConfig({ ...small, layers: [input, dense] }))).not.toMatch(/input_axes|quantization/u);
});

test("a frozen model stays frozen", () => {
  expect(parseModelConfig(modelConfig({ ...small, trainable: false })).trainable).toBe(false);
});

test.each([
  [["class_name"], "Dense", "config.json describes a Dense; expected a Functional or a Sequential model"],
  [["class_name"], 3, "the class of the model must be a string in config.json; it is 3"],
  [["config", "layers"], null, 'the layers of "small" must be a list in config.json; it is null'],
  [
    ["config", "output_layers"],
    ["gone", 0, 0],
    'the outputs of "small" uses the layer "gone", which is not among x, d',
  ],
  [["config", "output_layers"], ["dense", 1, 0], 'uses call 1 of the layer "dense", which is called 1 times'],
  [["config", "input_layers"], [["x"]], 'the inputs of "small" must be a whole number from 0 on'],
  [[...dense, "name"], "x", 'two layers of the model "small" have the same name'],
  [[...dense, "inbound_nodes"], "x", 'the calls of "dense" must be a list'],
  [[...call, "kwargs"], { mask: [1] }, 'a call of the layer "dense" passes "mask"'],
  [[...call, "args"], [], 'the arguments of a call of the layer "dense" must be one'],
  [[...history, 0], "gone", 'the layer "dense" uses the layer "gone"'],
  [[...history, 1], -1, "must be a whole number from 0 on in config.json; it is -1"],
  [[...call, "args", 0, "config", "shape"], [null, null], "the shape of an input of a call"],
] as const)("spoiled at %j by %j, it says: %s", (path, value, message) => {
  expect(() => parseModelConfig(spoiled(path, value))).toThrow(message);
});

test("models nested without end are refused", () => {
  let config: KerasConfig = modelConfig(small);
  for (let depth = 0; depth < 70; depth++) {
    config = { class_name: "Sequential", config: { name: `model_${depth}`, layers: [config] } };
  }
  expect(() => parseModelConfig(config)).toThrow("nests models over 64 deep");
});
