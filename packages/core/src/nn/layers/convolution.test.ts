/** What the options of convolutional layers must be, and what no fixture shows. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { resetNames } from "../names.ts";
import { evaluate } from "../testing/evaluate.ts";
import { conv1d, conv2d, conv2dTranspose, depthwiseConv2d, separableConv2d } from "./index.ts";
import { input } from "./input-layer.ts";
import type { Layer } from "./layer.ts";
import { lowerContext } from "./lower-context.ts";

beforeEach(resetNames);

const specs = (layer: Layer): unknown => layer.variables.map(({ name, shape }) => [name, shape]);

describe("variables", () => {
  test("of a grouped convolution: the kernel sees one group's channels", () => {
    const layer = conv2d(6, 3, { groups: 2 });
    expect(layer(input([8, 7, 4])).shape).toEqual([6, 5, 6]);
    expect(specs(layer)).toEqual([
      ["kernel", [3, 3, 2, 6]],
      ["bias", [6]],
    ]);
  });

  test("of a depthwise convolution: a bias for each of its outputs", () => {
    const layer = depthwiseConv2d([3, 2], { depthMultiplier: 2, padding: "same", strides: 2 });
    expect(layer(input([9, 6, 5])).shape).toEqual([5, 3, 10]);
    expect(specs(layer)).toEqual([
      ["kernel", [3, 2, 5, 2]],
      ["bias", [10]],
    ]);
  });

  test("of a separable convolution, named and ordered as Keras's", () => {
    const layer = separableConv2d(7, 3, { depthMultiplier: 2 });
    expect(layer(input([5, 5, 3])).shape).toEqual([3, 3, 7]);
    expect(specs(layer)).toEqual([
      ["depthwise_kernel", [3, 3, 3, 2]],
      ["pointwise_kernel", [1, 1, 6, 7]],
      ["bias", [7]],
    ]);
  });

  test("of a convolution over sequences", () => {
    const layer = conv1d(4, 5, { strides: 2, padding: "same", useBias: false });
    expect(layer(input([9, 3])).shape).toEqual([5, 4]);
    expect(specs(layer)).toEqual([["kernel", [5, 3, 4]]]);
  });

  test("bear the options of their kind", () => {
    const layer = separableConv2d(2, 1, {
      depthwiseRegularizer: "l1",
      pointwiseConstraint: "nonNeg",
      biasRegularizer: "l2",
    });
    layer(input([2, 2, 1]));
    const names = layer.variables.map(({ regularizer, constraint }) => [regularizer?.className, constraint?.className]);
    expect(names).toEqual([
      ["L1", undefined],
      [undefined, "NonNeg"],
      ["L2", undefined],
    ]);
  });
});

test("no output of a causal convolution sees a later step", () => {
  const layer = conv1d(1, 3, { padding: "causal", dilationRate: 2, useBias: false });
  layer(input([6, 1]));
  layer.setWeights([[100, 10, 1]]);
  const x = inputNode("x", [6, 1]);
  const [y] = layer.lowerCall(lowerContext({ training: false }), [x]) as [Node];
  const feeds = new Map<Node, TensorValue>([[x, [Float64Array.of(1, 2, 3, 4, 5, 6)]]]);
  for (const { node } of layer.variables) feeds.set(node, Float64Array.of(100, 10, 1));
  expect([...evaluate([y], feeds, 1)[0]!]).toEqual([1, 2, 13, 24, 135, 246]);
});

describe("errors", () => {
  test("of options", () => {
    expect(() => conv2d(3, 3, { groups: 2 })).toThrow("groups of Conv2D must divide its 3 filters; 2 came");
    expect(() => conv1d(4, 3, { groups: 0 })).toThrow("groups of Conv1D must be a whole number from 1 on; 0 came");
    expect(() => conv2d(1, 3, { strides: 2, dilationRate: [1, 2] })).toThrow(
      "Conv2D cannot have strides and a dilationRate above 1 at once; strides [2,2] and dilationRate [1,2] came",
    );
    expect(() => conv2dTranspose(1, 3, { strides: 2, dilationRate: 2 })).toThrow("Conv2DTranspose cannot have strides");
    expect(() => conv2d(1, 3, { dilationRate: 0 })).toThrow("dilationRate of Conv2D must be one or two whole numbers");
    expect(() => conv2dTranspose(1, 3, { strides: [2, 3], outputPadding: 2 })).toThrow(
      "outputPadding of Conv2DTranspose must be one or two whole numbers from 0 on and less than the strides [2,3]; 2 came",
    );
    expect(() => depthwiseConv2d(3, { depthMultiplier: 0 })).toThrow("depthMultiplier of DepthwiseConv2D");
    expect(() => conv1d(1, [3, 3])).toThrow("kernelSize of Conv1D must be one whole number from 1 on; [3,3] came");
    expect(() => conv1d(1, 3, { padding: "casual" as "causal" })).toThrow('did you mean "causal"?');
    // From JavaScript, options may be anything.
    expect(() => conv2d(1, 3, { padding: "causal" as "same" })).toThrow('unknown padding of Conv2D "causal"');
  });

  test("of inputs", () => {
    expect(() => conv2d(4, 3, { groups: 4 })(input([8, 8, 6]))).toThrow("its 4 groups cannot share 6 channels");
    expect(() => conv1d(4, 3)(input([8, 8, 6]))).toThrow("it needs sequences [steps, channels], not [8, 8, 6]");
    expect(() => depthwiseConv2d(3)(input([8, 8]))).toThrow("it needs images [height, width, channels], not [8, 8]");
    expect(() => depthwiseConv2d(3, { dilationRate: 4 })(input([8, 8, 1]))).toThrow(
      "a 3×3 kernel with dilation 4×4 does not fit into a 8×8 image",
    );
    expect(() => conv2dTranspose(1, 4, { strides: 2, padding: "same", outputPadding: 0 })(input([3, 3, 1]))).toThrow(
      "an output of [4, 4] belongs to an input of [2, 2]",
    );
  });
});
