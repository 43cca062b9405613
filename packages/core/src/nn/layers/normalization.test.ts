import { beforeEach, describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import type { KerasConfig } from "../keras-object.ts";
import { resetNames } from "../names.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { input } from "./input-layer.ts";
import { lowerContext } from "./lower-context.ts";
import type { Normalization } from "./normalization.ts";
import { normalization } from "./normalization.ts";
import { layerFromConfig } from "./registry.ts";

beforeEach(resetNames);

describe("adapts as Keras does", () => {
  const { cases } = readFixture("normalization");

  test.each(cases.map((each) => [JSON.stringify(each.config), each] as const))("%s", (_, entry) => {
    const layer = layerFromConfig("Normalization", entry.config as KerasConfig) as Normalization;
    const { data, shape } = decodeArray(entry.data);
    const sampleShape = shape.slice(1);
    layer.adapt({ data, shape: sampleShape });
    const [mean, variance] = layer.getWeights();
    expect(largestError(mean!, decodeArray(entry.mean).data, 1)).toBeLessThan(1e-6);
    expect(largestError(variance!, decodeArray(entry.variance).data, 1)).toBeLessThan(1e-6);

    const x = inputNode("x", sampleShape);
    const feeds = new Map<Node, TensorValue>([
      [x, samplesOf({ data, shape })],
      ...layer.variables.map((variable) => [variable.node, Float64Array.from(variable.read())] as const),
    ]);
    const [output] = evaluate(layer.lowerCall(lowerContext({ training: false }), [x]), feeds, shape[0]!);
    expect(largestError(output!, decodeArray(entry.output).data, 1)).toBeLessThan(2e-6);
  });
});

test("adapts to bytes with their scale, in the shape that it was called with", () => {
  const layer = normalization();
  layer(input([2]));
  layer.adapt({ data: Uint8Array.of(0, 10, 20, 30), scale: 0.1 });
  expect(layer.getWeights()).toEqual([Float32Array.of(1, 2), Float32Array.of(1, 1), Float32Array.of(0)]);
});

test("what is given along some axes broadcasts along the others", () => {
  const layer = normalization({ axis: [1, 2], mean: [[1], [2]], variance: [[4], [1]] });
  const x = inputNode("x", [2, 2]);
  const feeds = new Map<Node, TensorValue>([[x, [Float64Array.of(1, 3, 1, 3)]]]);
  expect(evaluate(layer.lowerCall(lowerContext({ training: false }), [x]), feeds, 1)).toEqual([[0, 1, -1, 1]]);
  expect(layer.variables).toEqual([]);
});

test("errors", () => {
  expect(() => normalization({ mean: 1 })).toThrow(/needs both mean and variance/);
  expect(() => normalization({ mean: [[1, 2], [3]], variance: 1 })).toThrow(/\[\[1,2\],\[3\]\] came/);
  expect(() => normalization({ mean: NaN, variance: 1 })).toThrow(RangeError);
  const wrong = { axis: -1, mean: "four", variance: "two" };
  expect(() => layerFromConfig("Normalization", wrong)).toThrow(/the mean of Normalization.*"four" came/);

  expect(() => normalization({ mean: [1, 2], variance: [1, 2] })(input([3]))).toThrow(
    /its mean has the shape \[2\], and inputs of \[3\] need one that broadcasts to \[3\]/,
  );
  expect(() => normalization({ mean: [[1]], variance: [[1]] })(input([1]))).toThrow(/its mean has the shape \[1, 1\]/);
  expect(() => normalization({ axis: 0 })(input([3]))).toThrow(/axes \[0\] do not all name axes/);
  expect(() => normalization().adapt(Float32Array.of(1, 2))).toThrow(/give adapt the shape/);
  expect(() => normalization({ mean: 1, variance: 1 }).adapt(Float32Array.of(1))).toThrow(/make it without them/);
  expect(() => normalization().adapt({ data: Float32Array.of(1, 2, 3), shape: [2] })).toThrow(/3 values came/);
});
