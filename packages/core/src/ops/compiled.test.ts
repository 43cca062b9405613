// Every op as users run it: compiled, fused with what follows, over several micro-batches, with its gradient.
import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Node } from "../graph/node.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import type { TensorType } from "../graph/tensor-type.ts";
import { runCompiled } from "../runtime/testing/run-compiled.ts";
import { concatenate } from "./concatenate.ts";
import { conv2d } from "./conv2d/index.ts";
import { depthwiseConv2d } from "./depthwise-conv2d/index.ts";
import * as elementwise from "./elementwise.ts";
import { inputNode } from "./leaf.ts";
import { matmul } from "./matmul.ts";
import { averagePool2d, maxPool2d } from "./pool.ts";
import { randomNormal, randomUniform } from "./random.ts";
import { max, mean, sum, sumSamples } from "./reduce.ts";
import { resampleImage } from "./resample-image/index.ts";
import { reshape, reverse, transpose } from "./shape.ts";
import { pad, slice } from "./slice.ts";
import { expectClose, leavesOf } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { fillTensor, uniformNumbers } from "./testing/values.ts";
import { upSample2d } from "./upsample.ts";

const { add, sub, mul, div, maximum, minimum, greater, where, clip } = elementwise;

const image = perSample([6, 5, 3]);
const same = { poolSize: [2, 2], strides: [2, 2], padding: "same" } as const;
const overlapping = { poolSize: [3, 3], strides: [2, 1], padding: "same" } as const;

type Build = (...operands: Node[]) => Node;

const graphs: Readonly<Record<string, readonly [readonly TensorType[], Build]>> = {
  "element-wise": [[image, image], (a, b) => div(sub(mul(a, b), add(a, 2)), add(elementwise.square(b), 1))],
  "broadcast operands": [[image, shared([3]), perSample([5, 1])], (a, b, c) => mul(add(a, b), c)],
  extremes: [[image, image], (a, b) => add(maximum(a, b), minimum(a, mul(b, 0.5)))],
  choice: [[image, image], (a, b) => where(greater(a, b), mul(a, b), b)],
  clip: [[image], (a) => clip(mul(a, 2), -1, 1)],
  relu: [[image], (a) => elementwise.relu(sub(a, 0.25))],
  exponentials: [[image], (a) => add(elementwise.exp(a), elementwise.log(add(elementwise.abs(a), 1)))],
  sigmoids: [[image], (a) => mul(elementwise.sigmoid(a), elementwise.tanh(a))],
  "softplus and erf": [[image], (a) => add(elementwise.softplus(a), elementwise.erf(a))],
  angles: [[image], (a) => mul(elementwise.sinTurns(a), elementwise.cosTurns(mul(a, 2)))],
  roots: [[image], (a) => elementwise.reciprocal(elementwise.sqrt(add(elementwise.square(a), 1)))],
  "max pooling": [[image], (a) => elementwise.relu(maxPool2d(mul(a, a), same))],
  "max pooling, overlapping": [[image], (a) => elementwise.neg(maxPool2d(mul(a, a), overlapping))],
  "average pooling": [[image], (a) => elementwise.square(averagePool2d(a, same))],
  "average pooling, overlapping": [[image], (a) => elementwise.square(averagePool2d(a, overlapping))],
  upsampling: [[image], (a) => elementwise.square(upSample2d(a, { size: [2, 3] }))],
  sums: [[image], (a) => mul(elementwise.square(sum(a, [0, 1])), mean(a, [0], { keepDims: true }))],
  maximum: [[image], (a) => mul(max(a, [2], { keepDims: true }), a)],
  "sums over samples": [[image, shared([3])], (a, b) => mul(sumSamples(sum(a, [0, 1])), b)],
  "shared tensors": [[shared([4, 3]), shared([3])], (a, b) => mul(sum(add(a, b), [0]), max(mul(a, b), [0]))],
  "reshape and transpose": [[image], (a) => mul(reshape(transpose(a, [2, 0, 1]), [18, 5]), reshape(a, [18, 5]))],
  "dilated convolution in groups": [
    [image, shared([2, 3, 1, 6])],
    (a, w) => elementwise.relu(conv2d(a, w, { strides: [1, 1], padding: "same", dilationRate: [2, 1], groups: 3 })),
  ],
  "depthwise convolution": [
    [image, shared([3, 3, 3, 2])],
    (a, w) => elementwise.relu(depthwiseConv2d(mul(a, a), w, { strides: [2, 2], padding: "same" })),
  ],
  "slices and padding": [
    [image],
    (a) => {
      const part = slice(elementwise.square(a), { begin: [1, 0, 1], size: [3, 3, 2], steps: [2, 2, 1] });
      return mul(pad(part, { before: [1, 1, 0], after: [2, 1, 1], value: 0.5 }), a);
    },
  ],
  "slices of weights": [
    [image, shared([6, 7])],
    (a, b) => mul(a, slice(reverse(b, [1]), { begin: [2, 1], size: [1, 3], steps: [1, 2] })),
  ],
  reversal: [[image], (a) => mul(reverse(elementwise.square(a), [0, 2]), a)],
  joining: [
    [image, shared([6, 1, 3])],
    (a, b) => elementwise.square(concatenate([mul(a, a), slice(a, { begin: [0, 1, 0], size: [6, 2, 3] }), b, a], 1)),
  ],
  products: [
    [image, shared([6, 4, 3])],
    (a, b) =>
      elementwise.square(
        add(matmul(matmul(a, b, { transposeRight: true }), b), matmul(a, matmul(b, b, { transposeLeft: true }))),
      ),
  ],
  resampling: [
    [image],
    (a) => {
      const transform = mul(randomUniform([8], { stream: 5 }), 0.5);
      return mul(resampleImage(elementwise.square(a), transform, { fillMode: "reflect" }), a);
    },
  ],
  dropout: [[image], (a) => where(greater(randomUniform([6, 5, 3], { stream: 1 }), 0.4), div(a, 0.6), 0)],
  noise: [[image], (a) => elementwise.square(add(a, randomNormal([6, 5, 3], { stream: 2, seed: 9 })))],
};

describe.each(Object.entries(graphs))("%s", (_, [types, build]) => {
  test.each([
    { batch: 1, batchSize: 1 },
    { batch: 7, batchSize: 40 },
    { batch: 70, batchSize: 70 },
  ])("$batch of $batchSize samples", async (run) => {
    const operands = leavesOf(types);
    const result = build(...operands);
    // As in training, a weight of 1 for each sample leaves out the lanes that have none.
    const weight = inputNode("weight", []);
    const elements = result.type.scope === "sample" ? sumSamples(mul(result, weight)) : result;
    const outputs = [result, ...gradients(sum(elementwise.square(mean(elements))), operands)];
    const next = uniformNumbers(1, -1, 1);
    const feeds = new Map(operands.map((operand) => [operand, fillTensor(operand.type, run.batch, next)]));
    feeds.set(
      weight,
      fillTensor(weight.type, run.batch, () => 1),
    );
    const options = { ...run, threads: 1, step: 3, seed: 77 };
    const expected = interpret(outputs, feeds, options);
    const actual = await runCompiled(outputs, feeds, options);
    expect(actual).toHaveLength(outputs.length);
    for (const [i, value] of expected.entries()) {
      // Sums over up to 70 samples in float32, and products of them.
      expectClose(actual[i]!, value, 2e-5, `output ${i}`);
    }
  });
});
