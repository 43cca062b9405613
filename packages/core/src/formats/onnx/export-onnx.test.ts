// Exported models in ONNX Runtime, and what stands in the files.
import { beforeEach, describe, expect, test } from "vitest";
import { Autoencoder } from "../../models/autoencoder.ts";
import { modelFamilies } from "../../models/registry.ts";
import { withPreset } from "../../models/testing/with-preset.ts";
import * as layers from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { Layer } from "../../nn/layers/layer.ts";
import type { LowerContext } from "../../nn/layers/lower-context.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { resetNames } from "../../nn/names.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import type { Node } from "../../graph/node.ts";
import { randomUniform } from "../../ops/random.ts";
import { decodeModel } from "./decode-model.ts";
import { exportOnnx, OnnxFileError } from "./index.ts";
import { differenceFromOnnxRuntime, fillVariables } from "./testing/compare-with-onnx-runtime.ts";
import { graphLines } from "./testing/graph-lines.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";

const {
  activation,
  averagePooling2d,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  flatten,
  maxPool2d,
  reshape,
  upSampling2d,
} = layers;

/** Sums of a few hundred float32 products in another order. */
const TOLERANCE = 1e-5;

useDefaultDevice(1);
beforeEach(() => {
  resetNames();
  setRandomSeed(5);
});

async function expectSame(exported: Model, opset?: number): Promise<void> {
  fillVariables(exported);
  expect(await differenceFromOnnxRuntime(exported, opset === undefined ? {} : { opset })).toBeLessThan(TOLERANCE);
  await exported.dispose();
}

describe("ONNX Runtime computes the same", () => {
  test.each(modelFamilies.map((family) => [family.name, family] as const))("family %s", async (_, family) => {
    const built = new Autoencoder(family, withPreset(family, "fast"));
    built.buildFor({
      shape: [9, 8, 3],
      count: 10,
      values: { min: 0, max: 1, mean: 0.5, variance: 0.1 },
      numClasses: 0,
    });
    await expectSame(built.model);
    await expectSame(built.encoder ?? built.decoder, 13);
    await expectSame(built.decoder, 22);
  });

  test("two inputs, four outputs, a layer that is called twice", async () => {
    const [left, right] = [input([8, 7, 3], { name: "left" }), input([8, 7, 3], { name: "right" })];
    const shared = conv2d(4, [3, 2], { padding: "same", activation: "leaky_relu" });
    const probabilities = dense(5, { activation: "softmax", name: "probabilities" });
    const up = conv2dTranspose(3, 3, { strides: 2, padding: "same", activation: "tanh" });
    const ends = [probabilities(flatten()(shared(left))), up(shared(right)), probabilities(flatten()(shared(right)))];
    const whole = model([left, right], [...ends, left]);
    await expectSame(whole);
    const { inputs, outputs } = decodeModel(exportOnnx(whole));
    expect(inputs).toEqual([
      { name: "left", dims: [undefined, 8, 7, 3] },
      { name: "right", dims: [undefined, 8, 7, 3] },
    ]);
    const names = ["probabilities", "conv2d_transpose", "probabilities_1", "left_1"];
    expect(outputs.map(({ name }) => name)).toEqual(names);
  });

  test("dense layers on images, odd sizes, strides and pools", async () => {
    const image = input([9, 7, 2]);
    const small = averagePooling2d([3, 2], { padding: "same" })(maxPool2d(2, { strides: 1, padding: "same" })(image));
    const reduced = dropout(0.5)(conv2d(3, [2, 3], { strides: 2, useBias: false })(upSampling2d([3, 2])(small)));
    await expectSame(model(image, dense(4, { activation: "gelu" })(reduced)));
    await expectSame(sequential([input([12]), dense(6, { activation: "selu" }), reshape([2, 3]), dense(4), flatten()]));
  });

  test.each(
    [
      [
        "relu",
        "relu6",
        "leaky_relu",
        "elu",
        "selu",
        "celu",
        "gelu",
        "silu",
        "hard_silu",
        "mish",
        "softplus",
        "softsign",
      ],
      ["squareplus", "sigmoid", "hard_sigmoid", "log_sigmoid", "sparse_sigmoid", "sparse_plus", "tanh", "hard_tanh"],
      ["tanh_shrink", "soft_shrink", "hard_shrink", "exponential", "softmax", "log_softmax", "linear"],
    ].flat(),
  )("activation %s", async (name) => {
    const image = input([3, 4, 2]);
    const built = model(image, conv2d(3, 2, { activation: name })(activation(name)(image)));
    for (const opset of [13, 18, 22]) {
      expect(await differenceFromOnnxRuntime(built, { opset }), `opset ${opset}`).toBeLessThan(TOLERANCE);
    }
    await built.dispose();
  });
});

describe("the graph", () => {
  test("passes images on channels first, with biases in their convolutions and weights under their own names", () => {
    const image = input([8, 8, 2], { name: "image" });
    const halved = maxPool2d(2)(conv2d(4, 3, { activation: "relu", padding: "same" })(image));
    const whole = model(image, conv2d(1, 3, { activation: "sigmoid", padding: "same" })(upSampling2d(2)(halved)));
    fillVariables(whole);
    const graph = decodeModel(exportOnnx(whole));
    expect(graphLines(graph)).toMatchInlineSnapshot(`
      [
        "conv2d/Transpose_1 = Transpose(image) perm=[0,3,1,2]",
        "conv2d/Conv = Conv(conv2d/Transpose_1, conv2d/kernel, conv2d/bias) kernel_shape=[3,3] strides=[1,1] dilations=[1,1] group=1 pads=[1,1,1,1]",
        "conv2d/Relu = Relu(conv2d/Conv)",
        "max_pooling2d/MaxPool = MaxPool(conv2d/Relu) kernel_shape=[2,2] strides=[2,2] pads=[0,0,0,0]",
        "up_sampling2d/Resize = Resize(max_pooling2d/MaxPool, , up_sampling2d/constant) mode="nearest" coordinate_transformation_mode="asymmetric" nearest_mode="floor"",
        "conv2d_1/Conv = Conv(up_sampling2d/Resize, conv2d_1/kernel, conv2d_1/bias) kernel_shape=[3,3] strides=[1,1] dilations=[1,1] group=1 pads=[1,1,1,1]",
        "conv2d_1/Sigmoid = Sigmoid(conv2d_1/Conv)",
        "conv2d_1 = Transpose(conv2d_1/Sigmoid) perm=[0,2,3,1]",
      ]
    `);
    const shapes = [...graph.constants].map(([name, { dims }]) => `${name} [${dims.join(", ")}]`);
    expect(shapes).toMatchInlineSnapshot(`
      [
        "conv2d/kernel [4, 2, 3, 3]",
        "up_sampling2d/constant [4]",
        "conv2d_1/kernel [1, 4, 3, 3]",
        "conv2d/bias [4]",
        "conv2d_1/bias [1]",
      ]
    `);
    const [, bias] = whole.variables;
    expect(graph.constants.get("conv2d/bias")?.data).toEqual(bias!.read());
  });

  test("names what lies in models within the model", () => {
    const code = input([4], { name: "code" });
    const decoder = model(code, dense(3, { activation: "elu", name: "last" })(code), { name: "decoder" });
    const graph = decodeModel(exportOnnx(model(code, decoder(code))));
    expect(graphLines(graph)).toEqual([
      "decoder/last/MatMul = MatMul(code, last/kernel)",
      "decoder/last/Add = Add(decoder/last/MatMul, last/bias)",
      'decoder = Elu(decoder/last/Add) alpha={"float":1}',
    ]);
  });

  test("is the same for the same model", () => {
    const built = sequential([input([8, 8, 1]), conv2d(3, 3), flatten(), dense(2)]);
    expect(exportOnnx(built)).toEqual(exportOnnx(built));
  });
});

describe("refused are", () => {
  class Shuffling extends Layer {
    protected lower({ randomStream }: LowerContext, [x]: readonly [Node]): readonly Node[] {
      return [randomUniform(x.type.shape, { stream: randomStream() })];
    }
    protected settings(): Record<string, never> {
      return {};
    }
  }

  test("ops that ONNX does not have", () => {
    const start = input([3]);
    const inner = model(start, new Shuffling("Shuffling", { name: "shuffling" })(start), { name: "inner" });
    const exported = (): unknown => exportOnnx(model(start, inner(start)));
    expect(exported).toThrow(OnnxFileError);
    expect(exported).toThrow(
      /layer "inner\/shuffling": randomUniform cannot be written as ONNX: the operators of ONNX/,
    );
  });

  test("versions of the operators that are too old or not known", () => {
    const built = sequential([input([3]), dense(2)]);
    expect(() => exportOnnx(built, { opset: 12 })).toThrow("opset must be a whole number from 13 to 24; 12 came");
    expect(() => exportOnnx(built, { opset: 18.5 })).toThrow(RangeError);
  });

  test("models without shapes", () => {
    expect(() => exportOnnx(sequential([dense(2)]))).toThrow(/shapes in model .* are not known yet/);
  });
});
