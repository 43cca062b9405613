/** What normalizing, activating and rearranging layers refuse, and slopes that Keras has as NaN. Values: `layer-calls.test.ts`. */
import { beforeEach, describe, expect, test } from "vitest";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { resetNames } from "../names.ts";
import { evaluate } from "../testing/evaluate.ts";
import * as layers from "./index.ts";
import { input } from "./input-layer.ts";
import { lowerContext } from "./lower-context.ts";
import { layerFromConfig } from "./registry.ts";

beforeEach(resetNames);

describe("errors", () => {
  test("say which groups fit", () => {
    expect(() => layers.groupNormalization()(input([4, 6]))).toThrow(
      "its 32 groups cannot share 6 features evenly; choose a divisor of 6",
    );
    expect(() => layers.groupNormalization({ groups: 0 })).toThrow(
      "groups of GroupNormalization must be a whole number from 1 on, or -1 for a group of each feature; 0 came",
    );
  });

  test("say which axes there are", () => {
    expect(() => layers.layerNormalization({ axis: 3 })(input([4, 6]))).toThrow(
      "axis 3 is none of a sample of shape [4, 6]; as in Keras, axis 0 is the batch, the sample's axes count from 1 to 2",
    );
    expect(() => layers.layerNormalization({ axis: [2, -1] })(input([4, 6]))).toThrow(
      "the axes [-1,2] name one axis of [4, 6] twice",
    );
    expect(() => layers.softmax({ axis: 0 })(input([4]))).toThrow("axis 0 is the batch");
    expect(() => layers.prelu({ sharedAxes: [-1] })).toThrow("sharedAxes of PReLU count from 1, the batch being 0; [-1] came"); // prettier-ignore
    expect(() => layers.permute([2, 3])).toThrow("dims of Permute must name each axis of the sample once, counted from 1; [2,3] came"); // prettier-ignore
    expect(() => layers.permute([2, 1])(input([4]))).toThrow("it orders 2 axes, and [4] has 1");
    expect(() => layers.repeatVector(2)(input([4, 3]))).toThrow("it needs vectors [features], not [4, 3]");
  });

  test("say which numbers are possible", () => {
    expect(() => layers.relu({ maxValue: -1 })).toThrow("maxValue of ReLU must be a number from 0 on; -1 came");
    expect(() => layers.leakyRelu({ negativeSlope: -1 })).toThrow("negativeSlope of LeakyReLU must be a number from 0 on"); // prettier-ignore
    expect(() => layers.elu({ alpha: Number.NaN })).toThrow("alpha of ELU must be a number; NaN came");
    expect(() => layers.repeatVector(0)).toThrow("n of RepeatVector must be a whole number from 1 on; 0 came");
    expect(() => layers.activityRegularization({ l1: -1 })).toThrow("must be a number from 0 on; -1 came");
  });

  test("refuse batch renormalization, by name", () => {
    const config = layers.batchNormalization({ name: "normal" }).getConfig();
    expect(() => layerFromConfig("BatchNormalization", { ...config, renorm: true })).toThrow(
      '"renorm" of layer "normal" (BatchNormalization) must be false; true came',
    );
  });
});

test("configurations of Keras 2 are understood", () => {
  const normal = layers.batchNormalization().getConfig();
  expect(layerFromConfig("BatchNormalization", { ...normal, axis: [3] }).getConfig()).toMatchObject({ axis: 3 });
  expect(layerFromConfig("LeakyReLU", { alpha: 0.125 }).getConfig()).toMatchObject({ negative_slope: 0.125 });
});

test("instance normalization is group normalization with a group of each channel", () => {
  const x = inputNode("x", [3, 2]);
  const feeds = new Map([[x, [Float64Array.of(1, 10, 2, 20, 6, 60)]]]);
  const layer = layers.groupNormalization({ groups: -1, epsilon: 0 });
  layer(input([3, 2]));
  const [output] = layer.lowerCall(lowerContext({ training: false }), [x]) as [Node];
  const gamma = new Float64Array(2).fill(1);
  const values = evaluate([output], new Map<Node, Float64Array[] | Float64Array>([...feeds, [layer.variables[0]!.node, gamma], [layer.variables[1]!.node, new Float64Array(2)]]), 1)[0]!; // prettier-ignore
  const deviation = Math.sqrt(14 / 3);
  const expected = [-2, -2, -1, -1, 3, 3].map((distance) => distance / deviation);
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 6);
});

test("a vector of zeros stays what it is when lengths become 1, and has the slope of nothing", () => {
  const x = inputNode("x", [2]);
  const [output] = layers.unitNormalization().lowerCall(lowerContext({ training: false }), [x]) as [Node];
  const [slope] = gradients(sumSamples(sum(output)), [x]);
  const [values, slopes] = evaluate([output, slope!], new Map([[x, [new Float64Array(2)]]]), 1);
  expect(values).toEqual([0, 0]);
  // 1 / the shortest length: large, not NaN.
  expect(slopes!.map((value) => value / 1e12)).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
});
