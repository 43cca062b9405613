/** The contract of layers: calls, variables, names, configurations and errors. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import { resetNames } from "../names.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { evaluate } from "../testing/evaluate.ts";
import * as layers from "./index.ts";
import { input, InputLayer } from "./input-layer.ts";
import type { Layer, SymbolicTensor } from "./layer.ts";
import { lowerContext } from "./lower-context.ts";
import { layerFromConfig } from "./registry.ts";

const { activation, averagePooling2d, conv2d, conv2dTranspose, dense, dropout, flatten, maxPool2d, reshape } = layers;
const { upSampling2d } = layers;

beforeEach(() => {
  resetNames();
  setRandomSeed(0);
});
afterEach(() => setRandomSeed(0));

function lower(layer: Layer, x: Node, training = false): Node {
  return layer.lowerCall(lowerContext({ training }), [x])[0]!;
}

describe("calling", () => {
  test("infers shapes and creates variables on the first call", () => {
    const layer = conv2d(8, [3, 5], { strides: 2 });
    expect(layer.built).toBe(false);
    expect(layer.variables).toEqual([]);
    expect(layer(input([28, 28, 3])).shape).toEqual([13, 12, 8]);
    expect(layer.variables.map(({ path, shape }) => [path, shape])).toEqual([
      ["conv2d/kernel", [3, 5, 3, 8]],
      ["conv2d/bias", [8]],
    ]);
    expect(layer.countParams()).toBe(3 * 5 * 3 * 8 + 8);
  });

  test("records every call; a shared layer keeps its variables", () => {
    const layer = dense(3);
    const [a, b] = [input([5]), input([5])];
    const first = layer(a);
    const { variables } = layer;
    const second = layer(b);
    expect(layer.variables).toBe(variables);
    expect(layer.calls.map(({ inputs }) => inputs)).toEqual([[a], [b]]);
    expect([first.callIndex, second.callIndex]).toEqual([0, 1]);
    expect(second.layer).toBe(layer);
  });

  test.each([
    ["flatten", () => flatten(), [2, 3, 4], [24]],
    ["reshape", () => reshape([3, -1]), [2, 6], [3, 4]],
    ["maxPool2d", () => maxPool2d(2, { padding: "same" }), [7, 7, 8], [4, 4, 8]],
    ["averagePooling2d", () => averagePooling2d([2, 3], { strides: 1 }), [7, 7, 8], [6, 5, 8]],
    ["upSampling2d", () => upSampling2d([2, 3]), [4, 4, 2], [8, 12, 2]],
    ["conv2dTranspose", () => conv2dTranspose(4, 3, { strides: 2, padding: "same" }), [7, 7, 2], [14, 14, 4]],
    ["dense", () => dense(4), [2, 7], [2, 4]],
    ["dropout", () => dropout(0.5), [2, 7], [2, 7]],
    ["activation", () => activation("softmax"), [10], [10]],
  ] as const)("%s gives Keras's shape", (_, make, from, to) => {
    expect(make()(input(from)).shape).toEqual(to);
  });

  test("layers are named as in Keras", () => {
    const names = [conv2d(1, 1), conv2d(1, 1), maxPool2d(), dense(1), upSampling2d(), conv2dTranspose(1, 1)];
    expect(names.map(({ name }) => name)).toEqual([
      "conv2d",
      "conv2d_1",
      "max_pooling2d",
      "dense",
      "up_sampling2d",
      "conv2d_transpose",
    ]);
    expect(dense(1, { name: "code" }).name).toBe("code");
    expect(input([1]).layer.name).toBe("input_layer");
  });
});

describe("variables", () => {
  test("start alike for the same seed, and differently within a program", () => {
    const weights = (): Float32Array[] => {
      setRandomSeed(5);
      const [a, b] = [dense(4), dense(4)];
      b(a(input([4])));
      return [...a.getWeights(), ...b.getWeights()];
    };
    const [kernelA, biasA, kernelB] = weights();
    expect(weights()).toEqual(weights());
    expect(kernelA).not.toEqual(kernelB);
    expect(biasA).toEqual(new Float32Array(4));
    const limit = Math.sqrt(6 / 8);
    expect(kernelA!.every((value) => Math.abs(value) <= limit && value !== 0)).toBe(true);
  });

  test("take weights of the right sizes only", () => {
    const layer = dense(2);
    layer(input([3]));
    layer.setWeights([[1, 2, 3, 4, 5, 6], [7, 8]]); // prettier-ignore
    expect(layer.getWeights()).toEqual([Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(7, 8)]);
    expect(() =>
      layer.setWeights([
        [1, 2, 3],
        [7, 8],
      ]),
    ).toThrow(
      // prettier-ignore
      'layer "dense" (Dense) has the weights dense/kernel [3, 2], dense/bias [2]; arrays of 3, 2 values came',
    );
  });

  test("do not train when the layer is frozen", () => {
    const layer = dense(2, { trainable: false });
    layer(input([3]));
    expect(layer.variables).toHaveLength(2);
    expect(layer.trainableVariables).toEqual([]);
    layer.trainable = true;
    expect(layer.trainableVariables).toEqual(layer.variables);
  });
});

describe("dropout", () => {
  const x = inputNode("x", [1000]);
  const feeds = new Map([[x, [new Float64Array(1000).fill(3)]]]);

  test("drops its share in training and keeps the mean", () => {
    const [values] = evaluate([lower(dropout(0.4), x, true)], feeds, 1, { seed: 1, step: 2 });
    const kept = values!.filter((value) => value !== 0);
    expect(kept.every((value) => Math.abs(value - 5) < 1e-6)).toBe(true);
    // Binomial with mean 600 and standard deviation 15.5.
    expect(Math.abs(kept.length - 600)).toBeLessThan(60);
    const [later] = evaluate([lower(dropout(0.4), x, true)], feeds, 1, { seed: 1, step: 3 });
    expect(later).not.toEqual(values);
  });

  test("does nothing outside of training, everything at rate 1", () => {
    expect(lower(dropout(0.4), x)).toBe(x);
    expect(lower(dropout(0), x, true)).toBe(x);
    const [values] = evaluate([lower(dropout(1), x, true)], feeds, 1);
    expect(values!.every((value) => value === 0)).toBe(true);
  });

  test("two dropouts of a program drop independently", () => {
    const context = lowerContext({ training: true });
    const outputs = [dropout(0.5), dropout(0.5)].map((layer) => layer.lowerCall(context, [x])[0]!);
    const [a, b] = evaluate(outputs, feeds, 1, { seed: 1 });
    expect(a).not.toEqual(b);
  });
});

describe("configurations", () => {
  test("are Keras's", () => {
    const layer = conv2d(4, 3, { activation: "relu", padding: "same", kernelInitializer: "heNormal" });
    expect(layer.getConfig()).toEqual({
      name: "conv2d",
      trainable: true,
      dtype: { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null },
      filters: 4,
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: "same",
      data_format: "channels_last",
      dilation_rate: [1, 1],
      groups: 1,
      activation: "relu",
      use_bias: true,
      kernel_initializer: {
        module: "keras.initializers",
        class_name: "HeNormal",
        config: { seed: null, input_axes: null, output_axes: null },
        registered_name: null,
      },
      bias_initializer: { module: "keras.initializers", class_name: "Zeros", config: {}, registered_name: null },
      kernel_regularizer: null,
      bias_regularizer: null,
      activity_regularizer: null,
      kernel_constraint: null,
      bias_constraint: null,
    });
  });

  test.each([
    activation("tanh"),
    averagePooling2d([2, 3], { strides: 1, padding: "same" }),
    conv2d(3, 2, { useBias: false, strides: [2, 1], activation: "swish" }),
    conv2dTranspose(3, 2, { strides: 2, trainable: false }),
    dense(3, { biasInitializer: "ones" }),
    dropout(0.25, { seed: 7 }),
    flatten(),
    new InputLayer([3, 4], {}),
    maxPool2d(),
    reshape([2, -1]),
    upSampling2d(3),
  ] as const)("of $className go there and back", (layer) => {
    const config = layer.getConfig();
    const again = layerFromConfig(layer.className, config);
    expect(again.className).toBe(layer.className);
    expect(again.getConfig()).toEqual(config);
  });

  test("that ask for more than there is are refused, by name", () => {
    const config = conv2d(4, 3, { name: "wide" }).getConfig();
    expect(() => layerFromConfig("Conv2D", { ...config, data_format: "channels_first" })).toThrow(
      '"data_format" of layer "wide" (Conv2D) must be "channels_last"; "channels_first" came',
    );
    expect(() =>
      layerFromConfig("Conv2D", { ...config, kernel_regularizer: { class_name: "L3", config: {} } }),
    ).toThrow('unknown regularizer "L3"');
    expect(() => layerFromConfig("Conv2D", { ...config, filters: "many" })).toThrow("must be a number; \"many\" came"); // prettier-ignore
    expect(() => layerFromConfig("Conv2d", config)).toThrow('unknown layer "Conv2d"; did you mean "Conv2D"?');
  });
});

describe("errors", () => {
  test("name both layers and the shapes", () => {
    const flat = flatten()(input([28, 28, 1]));
    expect(() => conv2d(8, 3)(flat)).toThrow(
      'layer "conv2d" (Conv2D) cannot take [784] from layer "flatten" (Flatten): it needs images [height, width, channels], not [784]',
    );
    const layer = dense(3);
    layer(input([5]));
    expect(() => layer(flat)).toThrow('layer "dense" (Dense) cannot take [784] from layer "flatten" (Flatten): ');
    expect(() => reshape([3, 5])(flat)).toThrow("[784] has 784 numbers, which do not fill [3, 5]");
    expect(() => maxPool2d(9)(input([4, 4, 1]))).toThrow('layer "max_pooling2d" (MaxPooling2D) cannot take [4, 4, 1]');
    expect(() => dense(3)([flat, flat])).toThrow("it takes 1 input, not 2");
    const tensor = (value: unknown): SymbolicTensor => value as SymbolicTensor;
    expect(() => dense(3)(tensor(dense(2, { name: "before" })))).toThrow(
      'is called on symbolic tensors, what input() or the call of a layer returns; layer "before" (Dense) came',
    );
    expect(() => dense(3)(tensor(undefined))).toThrow("is called on symbolic tensors");
    expect(() => dense(3)(tensor(Float32Array.of(1)))).toThrow("returns; object came");
  });

  test("say which option is wrong", () => {
    expect(() => conv2d(0, 3)).toThrow("filters of Conv2D must be a whole number from 1 on; 0 came");
    expect(() => conv2d(1, [3, 0])).toThrow(
      "kernelSize of Conv2D must be one or two whole numbers from 1 on; [3,0] came",
    );
    expect(() => dense(1.5)).toThrow("units of Dense");
    expect(() => dropout(1.5)).toThrow("the rate of Dropout must be from 0 to 1; 1.5 came");
    expect(() => reshape([-1, -1])).toThrow("at most one -1; [-1, -1] came");
    expect(() => input([28, Number.NaN])).toThrow("whole numbers from 1 on");
    expect(() => dense(1, { activation: "rellu" })).toThrow('did you mean "relu"?');
    expect(() => dense(1, { kernelInitializer: "he" })).toThrow('unknown initializer "he"');
    // From JavaScript, options may be anything.
    expect(() => conv2d(1, 3, { padding: "full" as "same" })).toThrow('unknown padding of Conv2D "full"');
    expect(() => maxPool2d(2, { dataFormat: "channels_first" as "channels_last" })).toThrow(
      'can only be "channels_last"',
    );
  });
});
