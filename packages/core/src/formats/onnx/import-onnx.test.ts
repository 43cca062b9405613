// Models of PyTorch, see fixtures/onnx, and our own.
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { decodeArray } from "../../../../../fixtures/keras/read.ts";
import * as layers from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { resetNames } from "../../nn/names.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { largestError } from "../../nn/testing/evaluate.ts";
import { encodeMessage } from "../protobuf/message.ts";
import { damagedFiles, readDamaged } from "../testing/damaged-files.ts";
import { encodeModel } from "./encode-model.ts";
import { exportOnnx, importOnnx, OnnxFileError } from "./index.ts";
import { modelMessage } from "./messages.ts";
import type { OnnxAttributeValue, OnnxGraph, OnnxTensor } from "./onnx-graph.ts";
import { fillVariables, randomInputs } from "./testing/compare-with-onnx-runtime.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";

interface Expected {
  readonly input: { readonly shape: number[]; readonly data: string };
  readonly outputs: readonly { readonly shape: number[]; readonly data: string }[];
}

const folder = new URL("../../../../../fixtures/onnx/", import.meta.url);
const expected = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8")) as Record<string, Expected>;

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.onnx`, folder)));
}

useDefaultDevice(1);
beforeEach(() => {
  resetNames();
  setRandomSeed(9);
});

test.each(Object.entries(expected))(
  "PyTorch's model %s computes what ONNX Runtime computes of it",
  async (name, given) => {
    const imported = importOnnx(fixture(name));
    const { shape, data } = decodeArray(given.input);
    const outputs = await imported.predictAll({ shape: shape.slice(1), data });
    expect(imported.outputs.map((output) => output.shape)).toEqual(
      given.outputs.map((output) => output.shape.slice(1)),
    );
    for (const [index, output] of given.outputs.entries()) {
      expect(largestError(outputs[index]!, decodeArray(output).data, 1)).toBeLessThan(1e-5);
    }
    await imported.dispose();
  },
);

const { activation, averagePooling2d, conv2d, conv2dTranspose, dense, flatten, maxPool2d, reshape, upSampling2d } =
  layers;

describe("our own models come back", () => {
  async function expectSame(original: Model, opset?: number): Promise<Model> {
    fillVariables(original);
    const imported = importOnnx(exportOnnx(original, opset === undefined ? {} : { opset }));
    const inputs = randomInputs(original, 5);
    const before = await original.predictAll(inputs);
    const after = await imported.predictAll(inputs);
    expect(imported.outputs.map(({ shape }) => shape)).toEqual(original.outputs.map(({ shape }) => shape));
    for (const [index, output] of before.entries()) expect(largestError(after[index]!, output, 1)).toBeLessThan(1e-5);
    await original.dispose();
    await imported.dispose();
    return imported;
  }

  test("a convolutional autoencoder, with the names of its layers", async () => {
    const image = input([12, 16, 3], { name: "image" });
    const small = maxPool2d(2, { padding: "same" })(conv2d(6, 3, { activation: "relu", padding: "same" })(image));
    const code = dense(10, { activation: "elu" })(flatten()(small));
    const grown = reshape([6, 8, 4])(dense(192)(code));
    const large = upSampling2d(2)(conv2d(5, [2, 3], { padding: "same", activation: "relu6" })(grown));
    const whole = model(image, conv2d(3, 3, { padding: "same", activation: "sigmoid" })(large), { name: "whole" });
    const imported = await expectSame(whole);
    expect(imported.name).toBe("whole");
    const named = (built: Model): string[] =>
      built.layers.filter((layer) => layer.variables.length > 0).map(({ name }) => name);
    expect(named(imported)).toEqual(named(whole));
    expect(imported.getLayer("conv2d").getWeights()).toEqual(whole.getLayer("conv2d").getWeights());
  });

  test("transposed convolutions, shared layers, several inputs and outputs", async () => {
    const [left, right] = [input([5, 7, 2]), input([5, 7, 2])];
    const shared = conv2d(4, 3, { strides: 2, activation: "leaky_relu" });
    const up = conv2dTranspose(3, 3, { strides: 2, padding: "same", activation: "tanh" })(
      averagePooling2d(2)(shared(left)),
    );
    await expectSame(model([left, right], [up, dense(3, { activation: "softmax" })(flatten()(shared(right)))]));
  });

  test("dense layers on features and on images", async () => {
    await expectSame(
      sequential([input([9]), dense(6, { activation: "selu" }), dense(4, { useBias: false }), activation("mish")]),
    );
    await expectSame(sequential([input([3, 4, 5]), dense(6), activation("softsign"), dense(2)]));
  });

  test.each([
    "relu",
    "relu6",
    "leaky_relu",
    "elu",
    "selu",
    "celu",
    "gelu",
    "hard_silu",
    "mish",
    "softplus",
    "softsign",
  ])("activation %s", async (name) => {
    await expectSame(
      sequential([input([3, 4, 2]), conv2d(3, 2, { activation: name }), dense(2, { activation: name })]),
      20,
    );
  });

  test.each(["sigmoid", "silu", "hard_sigmoid", "tanh", "hard_tanh", "softmax", "log_softmax", "exponential"])(
    "squashing activation %s",
    async (name) => {
      await expectSame(
        sequential([input([3, 4, 2]), conv2d(3, 2, { activation: name }), dense(2, { activation: name })]),
      );
    },
  );
});

describe("refused are", () => {
  const oneNode = (opType: string, inputs: readonly string[], more: Partial<OnnxGraph> = {}): OnnxGraph => ({
    name: "",
    opset: 18,
    inputs: [{ name: "x", dims: [undefined, 3, 8, 8] }],
    outputs: [{ name: "y", dims: undefined }],
    nodes: [{ name: "the node", opType, inputs, outputs: ["y"], attributes: new Map() }],
    constants: new Map(),
    ...more,
  });
  const withAttributes = (graph: OnnxGraph, attributes: Readonly<Record<string, OnnxAttributeValue>>): OnnxGraph => ({
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, attributes: new Map(Object.entries(attributes)) })),
  });
  const tensor = (dims: number[], value = 1): OnnxTensor => ({
    dims,
    data: new Float32Array(dims.reduce((product, size) => product * size, 1)).fill(value),
  });
  const kernel = { constants: new Map([["w", tensor([4, 3, 3, 3])]]) };

  test.each<[string, OnnxGraph, RegExp]>([
    [
      "unknown operators",
      oneNode("Convv", ["x", "w"], kernel),
      /"the node" \(Convv\) is an operator.*did you mean "Conv"\?/,
    ],
    ["missing operands", oneNode("Conv", ["x"]), /the node "the node" \(Conv\) has no operand 1/],
    [
      "kernels that do not fit",
      oneNode("Conv", ["x", "w"], { constants: new Map([["w", tensor([4, 2, 3, 3])]]) }),
      /kernel \[4, 2, 3, 3\] in 1 groups for 3 channels/,
    ],
    [
      "strides of 0",
      withAttributes(oneNode("Conv", ["x", "w"], kernel), { strides: [0, 1] }),
      /strides, dilations, pads/,
    ],
    [
      "attributes of another type",
      withAttributes(oneNode("Conv", ["x", "w"], kernel), { strides: "2" }),
      /attribute "strides" that is not a list/,
    ],
    ["kernels computed from the input", oneNode("MatMul", ["x", "x"]), /computes its operand 1 from the input/],
    ["transposes of the batch", withAttributes(oneNode("Transpose", ["x"]), { perm: [1, 0, 2, 3] }), /moves the batch/],
    [
      "shapes that mix samples",
      oneNode("Reshape", ["x", "s"], { constants: new Map([["s", { dims: [2], data: BigInt64Array.of(-1n, 7n) }]]) }),
      /cannot make \[-1, 7\] of samples \[3, 8, 8\]/,
    ],
    [
      "open sizes",
      oneNode("Relu", ["x"], { inputs: [{ name: "x", dims: [undefined, 3, undefined, 8] }] }),
      /input "x" has the sizes \[\?, 3, \?, 8\]; all but the first/,
    ],
    [
      "outputs that are constants",
      oneNode("Relu", ["x"], { outputs: [{ name: "w", dims: [] }], ...kernel }),
      /output "w" does not depend on the input/,
    ],
    ["divisions by what is computed", oneNode("Div", ["x", "x"]), /divides by what depends on the input/],
    [
      "sizes that no memory holds",
      withAttributes(oneNode("Pad", ["x"]), { pads: [0, 0, 2 ** 40, 2 ** 40, 0, 0, 2 ** 40, 2 ** 40] }),
      /up to 268435456 values are read/,
    ],
    [
      "axes that the operand does not have, however many",
      oneNode("Pad", ["x", "pads", "", "axes"], {
        constants: new Map([
          ["pads", { dims: [2], data: BigInt64Array.of(1n, 1n) }],
          ["axes", { dims: [1], data: BigInt64Array.of(2n ** 31n) }],
        ]),
      }),
      /\(Pad\) has the axes \[2147483648\] of 4/,
    ],
    [
      "pads that are not two for each axis",
      withAttributes(oneNode("Pad", ["x"]), { pads: [0, 0, 1, 1] }),
      /has 4 pads for 4 axes/,
    ],
    [
      "more axes than any tensor has",
      oneNode("Unsqueeze", ["x", "axes"], {
        constants: new Map([
          ["axes", { dims: [65], data: BigInt64Array.from({ length: 65 }, (_, axis) => BigInt(axis)) }],
        ]),
      }),
      /works on 69 axes; up to 64 are read/,
    ],
    [
      "slopes that do not fit",
      oneNode("PRelu", ["x", "w"], { constants: new Map([["w", tensor([8, 1, 1])]]) }),
      /slopes \[8, 1, 1\] for \[batch, 3, 8, 8\]/,
    ],
    [
      "constants that no memory holds",
      oneNode("ConstantOfShape", ["s"], {
        constants: new Map([["s", { dims: [2], data: BigInt64Array.of(2n ** 40n, 2n ** 40n) }]]),
      }),
      /up to 65536 numbers can be read/,
    ],
    [
      "cycles",
      oneNode("Relu", ["y"]),
      /needs "y", which nothing before it makes; the nodes are not in order, form a cycle/,
    ],
    [
      "values made twice",
      oneNode("Relu", ["x"], { nodes: [...oneNode("Relu", ["x"]).nodes, ...oneNode("Tanh", ["x"]).nodes] }),
      /"y" is made twice/,
    ],
    ["old versions", oneNode("Relu", ["x"], { opset: 6 }), /version 6 of ONNX's operators; from version 7 on/],
  ])("%s", (_, graph, message) => {
    const file = encodeModel(graph);
    expect(() => importOnnx(file)).toThrow(OnnxFileError);
    expect(() => importOnnx(file)).toThrow(message);
  });

  test("files of another kind", () => {
    for (const text of ["", "GIF89a", "{}", "PK\u0003\u0004 and some more text that is no model"]) {
      expect(() => importOnnx(new TextEncoder().encode(text)), text).toThrow(OnnxFileError);
    }
  });

  test("weights in files beside the model", () => {
    const file = encodeMessage(modelMessage, {
      opsetImport: [{ version: 18 }],
      graph: {
        node: [{ opType: "Relu", input: ["w"], output: ["y"] }],
        initializer: [
          { name: "w", dims: [2 ** 30], dataType: 1, externalData: [{ key: "location", value: "../secret" }] },
        ],
      },
    });
    expect(() => importOnnx(file)).toThrow(/the constant "w" lies in a file beside the model/);
  });

  test("sizes of weights that the file does not hold, before memory is taken for them", () => {
    const file = encodeMessage(modelMessage, {
      opsetImport: [{ version: 18 }],
      graph: {
        node: [{ opType: "Relu", input: ["w"], output: ["y"] }],
        initializer: [{ name: "w", dims: [2 ** 20, 2 ** 20], dataType: 1, rawData: new Uint8Array(8) }],
      },
    });
    expect(() => importOnnx(file)).toThrow(/\[1048576, 1048576\], 1099511627776 values, and the file holds 2/);
  });
});

test.each(Object.keys(expected))("damaged copies of %s are read or refused with a reason", async (name) => {
  const files = damagedFiles(fixture(name), 350, 4);
  const { refused, others, gigabytes } = await readDamaged(files, importOnnx, OnnxFileError);
  expect(others).toEqual([]);
  expect(gigabytes).toBeLessThan(1);
  expect(refused).toBeGreaterThan(100);
});
