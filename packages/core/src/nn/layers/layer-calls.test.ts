/** Layers against real Keras, in and outside of training: configurations, outputs, gradients, penalties and updates. */
import { beforeEach, expect, test } from "vitest";
import type { EncodedArray, LayerCallFixture } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { add, mul } from "../../ops/elementwise.ts";
import { constant, inputNode } from "../../ops/leaf.ts";
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

type LayerCall = LayerCallFixture["cases"][number];

/** Keras computes in float32, in an order of its own. */
const TOLERANCE = 4e-6;
/** What only the newest versions of Keras know is left out where it asks for nothing, so that older ones read our files. */
const OMITTED = new Set(["quantization_config", "renorm", "renorm_clipping", "renorm_momentum"]);

const { cases } = readFixture("layer-calls");
const named = cases.map((entry) => [entry.layer, summary(entry), entry] as const);

test.each(named)("%s %s has Keras's configuration", (_, __, { layer: className, config }) => {
  const { name: _name, dtype: _dtype, ...own } = layerFromConfig(className, config as KerasConfig).getConfig();
  expect(own).toEqual(Object.fromEntries(Object.entries(config).filter(([key]) => !OMITTED.has(key))));
});

test.each(named)("%s %s computes as Keras", (_, __, entry) => {
  const layer = build(entry);
  const operands = entry.inputs.map(({ shape }, index) => inputNode(`x${index}`, shape.slice(1)));
  const context = lowerContext({ training: entry.training });
  const [output] = layer.lowerCall(context, operands) as [Node];
  expect(output.type.shape).toEqual(entry.output.shape.slice(1));
  const cotangent = inputNode("cotangent", output.type.shape);
  const trained = layer.trainableVariables;
  const slopes = gradients(sumSamples(sum(mul(output, cotangent))), [...operands, ...trained.map(({ node }) => node)]);
  const penalty = [
    ...trained.flatMap(({ regularizer, node }) => regularizer?.penalty(node) ?? []),
    ...context.losses.map((node) => sumSamples(mul(node, context.sampleShare))),
  ].reduce((total, part) => add(total, part), constant(0));

  const batch = entry.inputs[0]!.shape[0]!;
  const feeds = new Map<Node, TensorValue>([
    ...operands.map((node, index) => [node, samplesOf(decodeArray(entry.inputs[index]!))] as const),
    ...layer.variables.map((variable) => [variable.node, Float64Array.from(variable.read())] as const),
    [cotangent, samplesOf(decodeArray(entry.cotangent))],
    [context.sampleShare, Array.from({ length: batch }, () => Float64Array.of(1 / batch))],
  ]);
  const expectEqual = (nodes: readonly Node[], expected: readonly EncodedArray[]): void => {
    const values = evaluate(nodes, feeds, batch);
    const errors = values.map((value, index) => largestError(value, decodeArray(expected[index]!).data, 1));
    expect(Math.max(0, ...errors)).toBeLessThan(TOLERANCE);
  };
  expectEqual([output], [entry.output]);
  expectEqual(slopes.slice(0, operands.length), entry.inputGradients);
  expect(Object.keys(entry.weightGradients)).toEqual(trained.map(({ name }) => name));
  expectEqual(slopes.slice(operands.length), Object.values(entry.weightGradients));
  expect(largestError(evaluate([penalty], feeds, batch)[0]!, [entry.penalty], 1)).toBeLessThan(TOLERANCE);

  const kept = layer.nonTrainableVariables;
  expect(Object.keys(entry.updates)).toEqual(kept.map(({ name }) => name));
  expectEqual(
    kept.map((variable) => context.updates.get(variable) ?? variable.node),
    Object.values(entry.updates),
  );
});

/** The layer that Keras describes, built and with Keras's weights. */
function build({ layer: className, config, inputs, weights }: LayerCall): Layer {
  const layer = layerFromConfig(className, config as KerasConfig);
  layer.applyTo(inputs.map(({ shape }) => input(shape.slice(1))));
  expect(layer.variables.map(({ name, shape }) => [name, shape])).toEqual(
    Object.entries(weights).map(([name, { shape }]) => [name, shape]),
  );
  layer.setWeights(Object.values(weights).map((array) => decodeArray(array).data));
  return layer;
}

/** The settings that tell cases apart. */
function summary({ config, training, inputs }: LayerCall): string {
  const settings = Object.entries(config).filter(([key]) => !key.endsWith("_initializer"));
  const shapes = inputs.map(({ shape }) => JSON.stringify(shape.slice(1))).join(" and ");
  return `${JSON.stringify(Object.fromEntries(settings))} on ${shapes}${training ? " in training" : ""}`;
}
