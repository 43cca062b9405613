// Single operators whose meaning is easily missed, computed by hand.
import { expect, test } from "vitest";
import { prelu } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Model } from "../../nn/model/model.ts";
import { sequential } from "../../nn/model/sequential.ts";
import { encodeModel } from "./encode-model.ts";
import { exportOnnx, importOnnx } from "./index.ts";
import type { OnnxNode, OnnxTensor } from "./onnx-graph.ts";
import { fillVariables, randomInputs } from "./testing/compare-with-onnx-runtime.ts";

function fileOf(
  dims: readonly number[],
  nodes: readonly Partial<OnnxNode>[],
  constants: Readonly<Record<string, OnnxTensor>>,
): Uint8Array {
  return encodeModel({
    name: "",
    opset: 18,
    inputs: [{ name: "x", dims: [undefined, ...dims] }],
    outputs: [{ name: "y", dims: undefined }],
    nodes: nodes.map((node) => ({ name: "", opType: "", inputs: [], outputs: ["y"], attributes: new Map(), ...node })),
    constants: new Map(Object.entries(constants)),
  });
}

const ints = (...values: readonly number[]): OnnxTensor => ({
  dims: [values.length],
  data: BigInt64Array.from(values, BigInt),
});

async function predictOne(model: Model, data: Float32Array): Promise<Float32Array> {
  const { shape } = model.inputs[0] as { shape: readonly number[] };
  const result = await model.predict({ shape: [1, ...shape], data });
  await model.dispose();
  return result;
}

/** −1, −2, … of as many as asked for. */
const negatives = (count: number): Float32Array => Float32Array.from({ length: count }, (_, index) => -1 - index);

test.each<[string, readonly number[], (index: number) => number]>([
  ["each channel", [2, 1, 1], (index) => Math.floor(index / 4)],
  ["each column, as many as there are channels", [1, 1, 2], (index) => index % 2],
  ["each column, when there are fewer axes", [2], (index) => index % 2],
  ["each row", [1, 2, 1], (index) => Math.floor(index / 2) % 2],
  ["all", [1], () => 0],
  ["each number", [2, 2, 2], (index) => index],
])("slopes of PRelu for %s", async (_, dims, slopeOf) => {
  const count = dims.reduce((product, size) => product * size, 1);
  const slopes = Float32Array.from({ length: count }, (_each, index) => (index + 1) / 8);
  const model = importOnnx(fileOf([2, 2, 2], [{ opType: "PRelu", inputs: ["x", "w"] }], { w: { dims, data: slopes } }));
  const expected = negatives(8).map((value, index) => value * (slopes[slopeOf(index)] as number));
  expect(await predictOne(model, negatives(8))).toEqual(expected);
});

test.each([[[]], [[1, 2]], [[1, 2, 3]]])(
  "our own PReLU that shares its slopes along %j comes back",
  async (sharedAxes) => {
    const original = sequential([input([2, 3, 4]), prelu({ sharedAxes })]);
    fillVariables(original);
    const inputs = randomInputs(original, 3);
    const imported = importOnnx(exportOnnx(original));
    expect(await imported.predictAll(inputs)).toEqual(await original.predictAll(inputs));
    expect(imported.countParams()).toBe(original.countParams());
    await Promise.all([original.dispose(), imported.dispose()]);
  },
);

test("an axis of Pad may be counted from the end", async () => {
  const pad = { opType: "Pad", inputs: ["x", "pads", "", "axes"] };
  const model = importOnnx(fileOf([1, 1, 2], [pad], { pads: ints(1, 2), axes: ints(-1) }));
  expect(await predictOne(model, Float32Array.of(5, 6))).toEqual(Float32Array.of(0, 5, 6, 0, 0));
});

test("2⁶³ − 1 among the numbers of an attribute stands for the end", async () => {
  const file = fileOf(
    [1, 1, 4],
    [
      { opType: "Constant", outputs: ["ends"], attributes: new Map([["value_ints", [2 ** 62]]]) },
      { opType: "Slice", inputs: ["x", "starts", "ends", "axes"] },
    ],
    { starts: ints(1), axes: ints(3) },
  );
  // A number cannot hold it, so it is written over another one of as many bytes.
  const at = Buffer.from(file).indexOf(Buffer.of(...new Array<number>(8).fill(0x80), 0x40));
  expect(at).toBeGreaterThan(0);
  file.set([...new Array<number>(8).fill(0xff), 0x7f], at);
  expect(await predictOne(importOnnx(file), Float32Array.of(5, 6, 7, 8))).toEqual(Float32Array.of(6, 7, 8));
});

test("a value that many nodes use is no burden", () => {
  const nodes = Array.from({ length: 100_000 }, (_, index) => ({
    opType: "Identity",
    inputs: ["x"],
    outputs: [`x${index}`],
  }));
  const file = fileOf([3], [...nodes, { opType: "Relu", inputs: ["x99999"] }], {});
  // In a second; in minutes when every further use copied all before it.
  expect(importOnnx(file).outputs[0]?.shape).toEqual([3]);
});
