// Losses that hold a gradient, as users train with them: compiled, on one and two threads, against the float64 references.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planProgram } from "../compile/compile.ts";
import type { Node } from "../graph/node.ts";
import { topologicalOrder } from "../graph/node.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { conv2d } from "../ops/conv2d/index.ts";
import { dense } from "../ops/dense.ts";
import { add, exp, greater, minimum, mul, sigmoid, sqrt, square, sub, tanh, where } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { maxPool2d } from "../ops/pool.ts";
import { randomNormal } from "../ops/random.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { reshape } from "../ops/shape.ts";
import { expectClose } from "../ops/testing/check-kernel.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { fillTensor, uniformNumbers } from "../ops/testing/values.ts";
import type { TensorValue } from "../ops/testing/values.ts";
import { Device } from "../runtime/device.ts";
import { runCompiled } from "../runtime/testing/run-compiled.ts";
import { gradients } from "./gradient.ts";
import { sampleGradients } from "./sample-gradients.ts";

/** Sums of up to 37 samples' slopes, each through two passes over three layers, in float32. */
const TOLERANCE = 1e-5;
const SEED = 3;

const devices: Device[] = [];
beforeAll(async () => {
  for (const threads of [1, 2]) devices.push(await Device.create({ threads }));
});
afterAll(() => {
  for (const device of devices) device.dispose();
});

type Activation = (x: Node) => Node;

const leakyRelu: Activation = (x) => where(greater(x, 0), x, mul(x, 0.2));
const elu: Activation = (x) => where(greater(x, 0), x, sub(exp(minimum(x, 0)), 1));

/** A sample's share of a mean over the batch; 0 in the lanes that the batch does not fill. */
const share = inputNode("share", []);
const meanOver = (x: Node): Node => sumSamples(mul(x, share));

/** Dense layers of the given widths, each with a bias and, but for the last, an activation. */
function denseNetwork(widths: readonly number[], activation: Activation): (x: Node) => Node {
  const layers = widths.slice(1).map((width, i) => ({
    kernel: parameterNode(`kernel${i}`, [widths[i]!, width]),
    bias: parameterNode(`bias${i}`, [width]),
  }));
  return (x) =>
    layers.reduce((before, { kernel, bias }, i) => {
      const after = add(dense(before, kernel), bias);
      return i < layers.length - 1 ? activation(after) : after;
    }, x);
}

function convCritic(image: Shape, downsample: "strides" | "maxPool"): (x: Node) => Node {
  const [height, width, channels] = image as [number, number, number];
  const strides = downsample === "strides" ? ([2, 2] as const) : ([1, 1] as const);
  const kernels = [parameterNode("kernel0", [5, 5, channels, 6]), parameterNode("kernel1", [4, 4, 6, 9])];
  const biases = [parameterNode("bias0", [6]), parameterNode("bias1", [9])];
  const size = Math.ceil(height / 4) * Math.ceil(width / 4) * 9;
  const weights = parameterNode("weights", [size, 1]);
  return (x) => {
    const features = kernels.reduce((before, kernel, i) => {
      const after = leakyRelu(add(conv2d(before, kernel, { strides, padding: "same" }), biases[i]!));
      return downsample === "strides"
        ? after
        : maxPool2d(after, { poolSize: [2, 2], strides: [2, 2], padding: "same" });
    }, x);
    return dense(reshape(features, [size]), weights);
  };
}

const parametersOf = (output: Node): Node[] =>
  topologicalOrder([output]).filter(({ op, type }) => op.kernel.kind === "leaf" && type.scope === "shared");

/** Critic loss with the gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028, eq. 3), and its slopes. */
function penalized(critic: (x: Node) => Node, shape: Shape): { outputs: Node[]; inputs: Node[]; parameters: Node[] } {
  const [real, fake, e] = [inputNode("real", shape), inputNode("fake", shape), inputNode("e", [])];
  const score = (x: Node): Node => reshape(critic(x), []);
  const mixed = add(mul(e, real), mul(sub(1, e), fake));
  const [slope] = sampleGradients(score(mixed), [mixed]);
  const length = sqrt(add(sum(square(slope!)), 1e-12));
  const loss = meanOver(add(sub(score(fake), score(real)), mul(square(sub(length, 1)), 10)));
  const parameters = parametersOf(loss);
  return { outputs: [slope!, loss, ...gradients(loss, parameters)], inputs: [real, fake, e], parameters };
}

/** ‖∂h/∂x‖² by one random projection for each sample, beside a mean of the code, and their slopes. */
function contracted(encoder: (x: Node) => Node, shape: Shape): ReturnType<typeof penalized> {
  const x = inputNode("x", shape);
  const code = encoder(x);
  const direction = randomNormal(code.type.shape, { stream: 1 });
  const [projection] = sampleGradients(sum(mul(code, direction)), [x]);
  const loss = meanOver(add(sum(square(projection!)), sum(square(code))));
  const parameters = parametersOf(loss);
  return { outputs: [projection!, loss, ...gradients(loss, parameters)], inputs: [x], parameters };
}

const activations = { leakyRelu, tanh, sigmoid, elu };
const cases: Readonly<Record<string, () => ReturnType<typeof penalized>>> = {
  ...Object.fromEntries(
    Object.entries(activations).flatMap(([name, activation]) => [
      [`dense critic, ${name}`, () => penalized(denseNetwork([12, 10, 7, 1], activation), [12])],
      [`contracted encoder, ${name}`, () => contracted(denseNetwork([12, 9, 6, 3], activation), [12])],
    ]),
  ),
  "conv critic, strides": () => penalized(convCritic([9, 8, 1], "strides"), [9, 8, 1]),
  "conv critic, max pooling": () => penalized(convCritic([8, 7, 2], "maxPool"), [8, 7, 2]),
};

describe.each(Object.entries(cases))("%s", (_, build) => {
  test.each([
    { batch: 3, batchSize: 3 },
    { batch: 37, batchSize: 64 },
  ])("$batch of $batchSize samples", async (run) => {
    const { outputs, inputs, parameters } = build();
    const next = uniformNumbers(SEED, -0.75, 0.75);
    const feeds = new Map<Node, TensorValue>(
      [...inputs, ...parameters].map((leaf) => [leaf, fillTensor(leaf.type, run.batch, next)]),
    );
    feeds.set(
      share,
      fillTensor(share.type, run.batch, () => 1 / run.batch),
    );
    const numbers = { ...run, step: 2, seed: 9 };
    const expected = interpret(outputs, feeds, numbers);
    const results = [];
    for (const device of devices) results.push(await runCompiled(outputs, feeds, { ...numbers, device }));
    for (const [i, value] of results[0]!.entries()) {
      expectClose(value, expected[i]!, TOLERANCE, `output ${i}, seed ${SEED}`);
    }
    // The same bits on two threads.
    expect(results[1]).toEqual(results[0]);
  });
});

test("a gradient penalty adds fewer convolutions than a step without it has", () => {
  const critic = convCritic([28, 28, 1], "strides");
  const [real, fake] = [inputNode("real", [28, 28, 1]), inputNode("fake", [28, 28, 1])];
  const plain = sumSamples(sub(sum(critic(fake)), sum(critic(real))));
  // Two layers for two images: forward, slopes of the kernels, and slopes of the images but for the first layer's.
  expect(convolutions([plain, ...gradients(plain, parametersOf(plain))])).toEqual([
    ...Array.from({ length: 4 }, () => "conv2d"),
    ...Array.from({ length: 4 }, () => "conv2dKernelGrad"),
    ...Array.from({ length: 2 }, () => "conv2dTranspose"),
  ]);
  // The mixture goes forward and its slope back, both through two layers. The slope of leaky relu has no slope of its own, so
  // that only the way back is differentiated again: two convolutions and two slopes of kernels.
  expect(convolutions(penalized(critic, [28, 28, 1]).outputs.slice(1))).toEqual([
    ...Array.from({ length: 4 + 2 + 2 }, () => "conv2d"),
    ...Array.from({ length: 4 + 2 }, () => "conv2dKernelGrad"),
    ...Array.from({ length: 2 + 2 }, () => "conv2dTranspose"),
  ]);
});

/** The convolutions that the program of some outputs computes, by name. */
function convolutions(outputs: readonly Node[]): string[] {
  const named = Object.fromEntries(outputs.map((output, i) => [`output${i}`, output]));
  return planProgram({ outputs: named, batchSize: 64 })
    .schedule.tasks.filter(({ kind }) => kind === "sample" || kind === "accumulate")
    .map(({ members }) => members[0]!.op.name)
    .filter((name) => name.startsWith("conv2d"))
    .toSorted();
}
