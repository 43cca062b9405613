/** Every layer against real Keras: outputs and gradients, through the ops' float64 references. */
import { beforeEach, describe, expect, test } from "vitest";
import type { LayerCase } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { mul } from "../../ops/elementwise.ts";
import { inputNode } from "../../ops/leaf.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import type { KerasConfig } from "../keras-object.ts";
import { resetNames } from "../names.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { input } from "./input-layer.ts";
import type { Layer } from "./layer.ts";
import { lowerContext } from "./lower-context.ts";
import { layerFromConfig } from "./registry.ts";

beforeEach(resetNames);

function build(entry: LayerCase): Layer {
  const layer = layerFromConfig(entry.layer, entry.config as KerasConfig);
  layer(input(entry.input.shape.slice(1)));
  layer.setWeights(layer.variables.map(({ name }) => decodeArray(entry.weights[name]!).data));
  return layer;
}

const FIXTURES = [
  "dense",
  "conv1d",
  "conv2d",
  "conv2d-transpose",
  "depthwise-conv2d",
  "separable-conv2d",
  "pooling",
  "up-sampling",
  "image-layers",
] as const;

/** What Keras's float32 rounds away. The gradient of a pointwise kernel sums over pixels what has been summed over taps. */
const gradientTolerance = ({ layer }: LayerCase): number => (layer === "SeparableConv2D" ? 1e-5 : 4e-6);

/** TensorFlow computes the weights of Lanczos kernels, sines of some multiples of π, in float32. */
const outputTolerance = ({ config }: LayerCase): number =>
  String(config["interpolation"]).startsWith("lanczos") ? 4e-6 : 2e-6;

describe.each(FIXTURES)("%s", (name) => {
  const { cases } = readFixture(name);
  test.each(cases.map((entry) => [entry.layer, JSON.stringify(entry.config), entry.input.shape, entry] as const))(
    "%s %s on %j",
    (_, __, shape, entry) => {
      const layer = build(entry);
      const x = inputNode("x", shape.slice(1));
      const [output] = layer.lowerCall(lowerContext({ training: false }), [x]) as [Node];
      const cotangent = inputNode("cotangent", output.type.shape);
      const parameters = layer.variables.map(({ node }) => node);
      const slopes = gradients(sumSamples(sum(mul(output, cotangent))), [x, ...parameters]);
      const feeds = new Map<Node, TensorValue>([
        [x, samplesOf(decodeArray(entry.input))],
        [cotangent, samplesOf(decodeArray(entry.cotangent))],
        ...layer.variables.map((variable) => [variable.node, Float64Array.from(variable.read())] as const),
      ]);
      const [values, ...gradientValues] = evaluate([output, ...slopes], feeds, shape[0]!);
      expect(output.type.shape).toEqual(entry.output.shape.slice(1));
      expect(largestError(values!, decodeArray(entry.output).data, 1)).toBeLessThan(outputTolerance(entry));
      for (const [index, key] of ["input", ...layer.variables.map((variable) => variable.name)].entries()) {
        expect(largestError(gradientValues[index]!, decodeArray(entry.gradients[key]!).data, 1)).toBeLessThan(
          gradientTolerance(entry),
        );
      }
    },
  );
});
