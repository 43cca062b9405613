import { beforeEach, describe, expect, test } from "vitest";
import { inputNode } from "../../ops/leaf.ts";
import { conv2d, dense, flatten, maxPool2d, upSampling2d } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { lowerContext } from "../layers/lower-context.ts";
import { resetNames } from "../names.ts";
import { model } from "./functional.ts";
import { sequential } from "./sequential.ts";

beforeEach(resetNames);

function encoderAndDecoder(): ReturnType<typeof model>[] {
  const image = input([28, 28, 1], { name: "image" });
  const code = maxPool2d(2, { padding: "same" })(conv2d(32, 3, { activation: "relu", padding: "same" })(image));
  const encoder = model(image, code, { name: "encoder" });
  const latent = input([14, 14, 32]);
  const up = upSampling2d(2)(conv2d(32, 3, { activation: "relu", padding: "same" })(latent));
  const decoder = model(latent, conv2d(1, 3, { activation: "sigmoid", padding: "same" })(up), { name: "decoder" });
  return [encoder, decoder, model(image, decoder(encoder(image)), { name: "autoencoder" })];
}

describe("functional models", () => {
  test("nest and share variables", () => {
    const [encoder, decoder, autoencoder] = encoderAndDecoder();
    expect(autoencoder!.layers.map(({ name }) => name)).toEqual(["image", "encoder", "decoder"]);
    expect(autoencoder!.variables).toEqual([...encoder!.variables, ...decoder!.variables]);
    expect(autoencoder!.variables.map(({ path }) => path)).toEqual([
      "conv2d/kernel",
      "conv2d/bias",
      "conv2d_1/kernel",
      "conv2d_1/bias",
      "conv2d_2/kernel",
      "conv2d_2/bias",
    ]);
    expect(autoencoder!.countParams()).toBe(9857);
    encoder!.trainable = false;
    expect(autoencoder!.trainableVariables).toEqual(decoder!.variables);
  });

  test("lower to one graph, whatever the depth of nesting", () => {
    const [, , autoencoder] = encoderAndDecoder();
    const x = inputNode("x", [28, 28, 1]);
    const [output] = autoencoder!.lowerCall(lowerContext({ training: false }), [x]);
    expect(output!.type).toEqual({ shape: [28, 28, 1], scope: "sample" });
  });

  test("order their layers as Keras: by the longest way to the output", () => {
    // What Keras 3.15 gives for this graph.
    const start = input([4], { name: "in" });
    const long = dense(4, { name: "long" })(start);
    const longer = dense(4, { name: "longer" })(long);
    const short = dense(4, { name: "short" })(start);
    const both = model(start, [dense(2, { name: "last" })(longer), short], { name: "both" });
    expect(both.layers.map(({ name }) => name)).toEqual(["in", "long", "longer", "last", "short"]);
    expect(both.outputs).toHaveLength(2);
    expect(() => both(input([4]))).toThrow('layer "both" (Functional) has 2 outputs; call it as layer.applyTo(inputs)');
    expect(both.applyTo(input([4])).map(({ shape }) => shape)).toEqual([[2], [4]]);
  });

  test("use a shared layer as often as it is called", () => {
    const start = input([4]);
    const shared = dense(4, { name: "shared" });
    const twice = model(start, shared(shared(start)));
    expect(twice.layers.map(({ name }) => name)).toEqual(["input_layer", "shared"]);
    expect(twice.innerCalls).toHaveLength(2);
    expect(twice.variables).toHaveLength(2);
    expect(twice.name).toBe("functional");
  });

  test("may begin in the middle of another model", () => {
    const start = input([4]);
    const middle = dense(3, { name: "first" })(start);
    const last = dense(2, { name: "second" });
    const whole = model(start, last(middle));
    const tail = model(middle, whole.outputs);
    expect(tail.inputs.map(({ shape }) => shape)).toEqual([[3]]);
    expect(tail.layers.map(({ name }) => name)).toEqual(["input_layer_1", "second"]);
    expect(tail.variables).toEqual(last.variables);
  });

  test("refuse graphs that do not hold together", () => {
    const [a, b] = [input([4], { name: "a" }), input([3], { name: "b" })];
    const other = dense(2)(b);
    expect(() => model(a, other)).toThrow(
      `the outputs depend on the input "b" of shape [3], which is not among the model's inputs "a"; add it to them`,
    );
    const twin = dense(4, { name: "twin" })(dense(4, { name: "twin" })(a));
    expect(() => model(a, twin)).toThrow('two layers of a model are called "twin"');
    expect(() => model([], a)).toThrow("at least one input and one output");
    const inner = model(a, dense(2)(a), { name: "inner" });
    expect(() => inner(b)).toThrow(
      'layer "inner" (Functional) cannot take [3] from layer "b" (InputLayer): its input "a" has the shape [4]',
    );
  });
});

describe("sequential models", () => {
  test("with an input are built at once", () => {
    const chain = sequential([input([6]), dense(3), dense(6)]);
    expect(chain.built).toBe(true);
    expect(chain.name).toBe("sequential");
    expect(chain.layers.map(({ name }) => name)).toEqual(["dense", "dense_1"]);
    expect(chain.variables.map(({ path }) => path)).toEqual([
      "sequential/dense/kernel",
      "sequential/dense/bias",
      "sequential/dense_1/kernel",
      "sequential/dense_1/bias",
    ]);
    expect(chain.outputs[0]!.shape).toEqual([6]);
  });

  test("without an input are built by their first call, or by inputShape", () => {
    const chain = sequential([flatten(), dense(3)], { name: "chain" });
    expect(chain.built).toBe(false);
    expect(() => chain.inputs).toThrow('the shapes in model "chain" are not known yet');
    expect(chain(input([2, 5])).shape).toEqual([3]);
    expect(chain.built).toBe(true);
    expect(chain.countParams()).toBe(33);
    expect(sequential([dense(3)], { inputShape: [5] }).countParams()).toBe(18);
  });

  test("are layers of other models", () => {
    const start = input([6]);
    const encoder = sequential([dense(3)], { name: "encoder" });
    const whole = model(start, dense(6)(encoder(start)));
    expect(whole.layers.map(({ name }) => name)).toEqual(["input_layer", "encoder", "dense_1"]);
    expect(whole.countParams()).toBe(21 + 24);
  });

  test("refuse nonsense", () => {
    expect(() => sequential([])).toThrow("at least one layer");
    expect(() => sequential([dense(1), input([3])])).toThrow("must come first");
    expect(() => sequential([input([3]), conv2d(1, 3)])).toThrow('layer "conv2d" (Conv2D) cannot take [3] from layer');
  });
});

test("getLayer finds by name and suggests", () => {
  const [, decoder] = encoderAndDecoder();
  expect(decoder!.getLayer("conv2d_2").className).toBe("Conv2D");
  expect(() => decoder!.getLayer("conv2d_3")).toThrow(
    'model "decoder" has no layer "conv2d_3"; did you mean "conv2d_1"?',
  );
});
