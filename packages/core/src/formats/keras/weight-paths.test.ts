import { describe, expect, test } from "vitest";
import { readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import type { KerasConfig } from "../../nn/keras-object.ts";
import { optimizerFromConfig } from "./optimizer-config.ts";
import { readKerasFile } from "./keras-file.ts";
import type { FunctionalDescription, LayerDescription, PlacedLayer, TensorSource } from "./model-description.ts";
import { optimizerVariables } from "./optimizer-variables.ts";
import { parseCompileConfig } from "./compile-config.ts";
import { parseModelConfig } from "./parse-model-config.ts";
import { placeWeights } from "./weight-paths.ts";

const { nested, sequential, branched } = readFixture("models");

/** The layers that have variables, as Keras named and placed them, from the paths computed here. */
async function placed(file: string, change = (model: FunctionalDescription): FunctionalDescription => model) {
  const { config, weights } = await readKerasFile(readFixtureBytes(file));
  const model = parseModelConfig(config);
  const places = placeWeights(model.className === "Functional" ? change(model) : model);
  return places.filter(({ path }) => weights.some((weight) => weight.path.startsWith(`${path}/`)));
}

/** What Keras noted in the file, without the optimizer. */
function layersOf({ layerNames }: typeof nested): Record<string, string> {
  return Object.fromEntries(Object.entries(layerNames).filter(([path]) => path.startsWith("layers/")));
}

describe("the places in files of Keras's", () => {
  test.each([nested, sequential, branched])("are found: $file", async (saved) => {
    const places = (await placed(saved.file)).map(({ path, layer }) => [path, layer.name] as const);
    expect(places).toHaveLength(new Map(places).size);
    expect(Object.fromEntries(places)).toEqual(layersOf(saved));
  });

  test.each([nested, sequential, branched])("are in the order of the optimizer's: $file", async (saved) => {
    const layers = (await placed(saved.file)).map(({ layer }) => layer.name);
    const expected = saved.trainableWeights.map((path) => path.split("/").at(-2));
    expect(layers).toEqual([...new Set(expected)]);
  });

  test("do not depend on the order in which layers are listed", async () => {
    const reversed = (model: FunctionalDescription): FunctionalDescription => ({
      ...model,
      layers: model.layers.toReversed(),
    });
    expect(await placed(branched.file, reversed)).toEqual(await placed(branched.file));
  });

  test("come with the names on the way", async () => {
    expect((await placed(nested.file)).map(({ names }) => names)).toEqual([
      ["encoder", "conv2d"],
      ["decoder", "conv2d_1"],
      ["decoder", "conv2d_2"],
    ]);
  });
});

describe("graphs that do not hold together", () => {
  const from = (layer: string, call = 0): TensorSource => ({ layer, call, output: 0 });
  const add = (name: string, ...inputs: TensorSource[]): PlacedLayer => {
    const layer: LayerDescription = { className: "Add", name, config: {} };
    return { layer, calls: inputs.length === 0 ? [] : [inputs.map((input) => ({ ...input, shape: [3] }))] };
  };
  const model = (layers: readonly PlacedLayer[], output: TensorSource): FunctionalDescription => ({
    className: "Functional",
    name: "m",
    layers,
    inputs: [],
    outputs: [output],
  });

  test("are refused", () => {
    const cycle = [add("a", from("b")), add("b", from("a"))];
    expect(() => placeWeights(model(cycle, from("a")))).toThrow('the model "m" has a cycle through "a"');
    expect(() => placeWeights(model([add("a")], from("b")))).toThrow('the model "m" has no layer "b"; it has a');
    expect(() => placeWeights(model([add("a")], from("a", 1)))).toThrow('call 1 of the layer "a", which is called 0');
  });

  test("leave out what no output needs, but keep inputs", () => {
    const input: PlacedLayer = { layer: { className: "InputLayer", name: "unused", config: {} }, calls: [] };
    const lonely = { ...model([add("a"), add("b", from("a")), input], from("a")), inputs: [from("unused")] };
    expect(placeWeights(lonely).map(({ layer }) => layer.name)).toEqual(["unused", "a"]);
  });
});

describe("the optimizer's variables", () => {
  test.each([nested, sequential])("have the shapes of the weights they belong to: $file", async (saved) => {
    const { config, weights } = await readKerasFile(readFixtureBytes(saved.file));
    const { optimizer } = parseCompileConfig(config) ?? {};
    if (optimizer === undefined) throw new Error("the fixture is compiled");
    const places = await placed(saved.file);
    const trainable = places.flatMap(({ path }) => weights.filter((weight) => weight.path.startsWith(`${path}/`)));
    const variables = optimizerVariables(optimizerFromConfig(optimizer), trainable.length);
    const stored = weights.filter(({ path }) => path.startsWith("optimizer/vars/"));
    expect(stored.map(({ path }) => path)).toEqual(variables.map((_, index) => `optimizer/vars/${index}`));
    const shapes = variables.map((variable) => (variable.kind === "slot" ? trainable[variable.weight]?.shape : []));
    expect(stored.map(({ shape }) => shape)).toEqual(shapes);
    expect(stored[0]?.data).toEqual(BigInt64Array.of(2n));
  });

  test("are those of each optimizer", () => {
    const slots = (className: string, config: KerasConfig): string[] =>
      optimizerVariables(optimizerFromConfig({ className, config }), 2).map((variable) =>
        variable.kind === "slot" ? `${variable.slot} ${variable.weight}` : variable.kind,
      );
    const common = ["iterations", "learningRate"];
    const both = ["momentum 0", "velocity 0", "momentum 1", "velocity 1"];
    expect(slots("SGD", { momentum: 0 })).toEqual(common);
    expect(slots("SGD", { momentum: 0.9 })).toEqual([...common, "momentum 0", "momentum 1"]);
    expect(slots("RMSprop", { momentum: 0.5, centered: true })).toEqual([
      ...common,
      "velocity 0",
      "velocity 1",
      "momentum 0",
      "momentum 1",
      "average_gradient 0",
      "average_gradient 1",
    ]);
    expect(slots("Adam", {})).toEqual([...common, ...both]);
    expect(slots("Adam", { amsgrad: true })).toEqual([...common, ...both, "velocity_hat 0", "velocity_hat 1"]);
    expect(slots("Adam", { use_ema: true, gradient_accumulation_steps: 4 })).toEqual([
      ...common,
      "average 0",
      "average 1",
      "gradient_accumulator 0",
      "gradient_accumulator 1",
      ...both,
    ]);
    const schedule = { class_name: "PolynomialDecay", config: { initial_learning_rate: 0.1, decay_steps: 10 } };
    expect(slots("Adam", { learning_rate: schedule })).toEqual(["iterations", ...both]);
    expect(slots("Nadam", {})).toEqual([...common, ...both, "derived"]);
    expect(() => slots("Adamm", {})).toThrow('unknown optimizer "Adamm"; did you mean "adam"?');
  });
});
