/** A small graph for every op that has a slope, in all the ways in which its gradient differs: what tests of gradients run over. */
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { perSample, shared } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { concatenate } from "../concatenate.ts";
import { conv2d, conv2dTranspose } from "../conv2d/index.ts";
import { mergeUpSampling, splitUpSampling } from "../conv2d/upsampled-kernel.ts";
import { dense, denseTranspose } from "../dense.ts";
import { depthwiseConv2d } from "../depthwise-conv2d/index.ts";
import * as elementwise from "../elementwise.ts";
import { matmul } from "../matmul.ts";
import { averagePool2d, maxPool2d } from "../pool.ts";
import { randomUniform } from "../random.ts";
import { max, mean, sum, sumSamples } from "../reduce.ts";
import { resampleImage } from "../resample-image/index.ts";
import { reshape, reverse, transpose } from "../shape.ts";
import { pad, slice } from "../slice.ts";
import { broadcastTo, broadcastToSamples } from "../sum.ts";
import { upSample2d } from "../upsample.ts";

const { abs, add, div, exp, greater, log, maximum, minimum, mul, neg, pow, relu, sub, where } = elementwise;

export interface DifferentiableGraph {
  readonly types: readonly TensorType[];
  build(...operands: Node[]): Node;
}

const vector = perSample([3]);
const matrix = perSample([2, 3]);
const image = perSample([5, 4, 2]);

/** Above 0.25 for any x, where logarithms, roots and quotients are at home. */
const positive = (x: Node): Node => add(elementwise.square(x), 0.25);

export const differentiableGraphs: Readonly<Record<string, DifferentiableGraph>> = {
  ...elementwiseGraphs(),
  sum: { types: [image], build: (x) => sum(x, [1]) },
  "sum of weights": { types: [shared([2, 3])], build: (x) => sum(x, [0]) },
  mean: { types: [image], build: (x) => mean(x, [0, 2], { keepDims: true }) },
  max: { types: [image], build: (x) => max(x, [0, 2]) },
  "max of weights": { types: [shared([2, 3])], build: (x) => max(x, [1], { keepDims: true }) },
  sumSamples: { types: [vector], build: (x) => mul(sumSamples(x), x) },
  broadcastTo: { types: [vector], build: (x) => broadcastTo(x, [2, 3]) },
  broadcastToSamples: { types: [shared([3])], build: (x) => broadcastToSamples(x, [2, 3]) },
  reshape: { types: [matrix], build: (x) => mul(reshape(x, [3, 2]), reshape(x, [6, 1, 1])) },
  transpose: { types: [image], build: (x) => transpose(x, [2, 0, 1]) },
  reverse: { types: [image], build: (x) => mul(reverse(x, [0, 2]), x) },
  slice: { types: [image], build: (x) => slice(x, { begin: [1, 0, 1], size: [2, 2, 1], steps: [2, 3, 1] }) },
  pad: {
    types: [matrix],
    build: (x) => pad(x, { before: [1, 0], after: [0, 2], interior: [1, 2], value: 0.5 }),
  },
  concatenate: { types: [matrix, shared([2, 1])], build: (x, w) => concatenate([x, w, elementwise.square(x)], 1) },
  dense: { types: [matrix, shared([3, 4])], build: dense },
  denseTranspose: { types: [matrix, shared([4, 3])], build: denseTranspose },
  matmul: { types: [matrix, perSample([3, 4])], build: (a, b) => matmul(a, b) },
  "matmul, transposed": {
    types: [perSample([2, 3, 2]), shared([2, 4, 3])],
    build: (a, b) => matmul(a, b, { transposeLeft: true, transposeRight: true }),
  },
  upSample2d: { types: [perSample([2, 3, 2])], build: (x) => upSample2d(x, { size: [2, 3] }) },
  resampleImage: {
    types: [image],
    build: (x) => resampleImage(x, randomUniform([8], { stream: 5 }), { fillMode: "reflect" }),
  },
  ...poolingGraphs(),
  ...convolutionGraphs(),
};

function elementwiseGraphs(): Record<string, DifferentiableGraph> {
  const types = [vector];
  const both = [matrix, vector];
  return {
    add: { types: both, build: add },
    sub: { types: both, build: sub },
    mul: { types: [matrix, shared([2, 1])], build: mul },
    div: { types: both, build: (a, b) => div(a, positive(b)) },
    maximum: { types: both, build: maximum },
    minimum: { types: [matrix, shared([3])], build: minimum },
    where: { types: both, build: (a, b) => where(greater(a, b), mul(a, b), b) },
    neg: { types, build: neg },
    abs: { types, build: abs },
    sqrt: { types, build: (x) => elementwise.sqrt(positive(x)) },
    square: { types, build: elementwise.square },
    reciprocal: { types, build: (x) => elementwise.reciprocal(positive(x)) },
    pow: { types, build: (x) => pow(positive(x), 2.5) },
    exp: { types, build: exp },
    log: { types, build: (x) => log(positive(x)) },
    tanh: { types, build: elementwise.tanh },
    sigmoid: { types, build: elementwise.sigmoid },
    softplus: { types, build: elementwise.softplus },
    relu: { types, build: relu },
    erf: { types, build: elementwise.erf },
    sinTurns: { types, build: (x) => elementwise.sinTurns(mul(x, 0.25)) },
    cosTurns: { types, build: (x) => elementwise.cosTurns(mul(x, 0.25)) },
    "leaky relu": { types, build: (x) => where(greater(x, 0), x, mul(x, 0.2)) },
    elu: { types, build: (x) => where(greater(x, 0), x, sub(exp(minimum(x, 0)), 1)) },
  };
}

function poolingGraphs(): Record<string, DifferentiableGraph> {
  const apart = { poolSize: [2, 2], strides: [2, 2], padding: "same" } as const;
  const overlapping = { poolSize: [3, 2], strides: [2, 1], padding: "same" } as const;
  return {
    maxPool2d: { types: [image], build: (x) => maxPool2d(x, apart) },
    "maxPool2d, overlapping": { types: [image], build: (x) => maxPool2d(x, overlapping) },
    maxPool2dPick: {
      types: [image, image],
      build: (x, y) => {
        // The slope of Σ p² goes where the largest elements are; the derivative of Σ y · slope by p picks from y there.
        const pooled = maxPool2d(x, apart);
        const [slope] = gradients(sumSamples(sum(elementwise.square(pooled))), [x]);
        return mul(gradients(sumSamples(sum(mul(slope!, y))), [pooled])[0]!, pooled);
      },
    },
    averagePool2d: { types: [image], build: (x) => averagePool2d(x, apart) },
    "averagePool2d, overlapping": { types: [image], build: (x) => averagePool2d(x, overlapping) },
  };
}

function convolutionGraphs(): Record<string, DifferentiableGraph> {
  const plain = { strides: [1, 1], padding: "same" } as const;
  return {
    conv2d: { types: [image, shared([3, 2, 2, 3])], build: (x, w) => conv2d(x, w, plain) },
    "conv2d, strides": {
      types: [image, shared([4, 3, 2, 1])],
      build: (x, w) => conv2d(x, w, { strides: [2, 2], padding: "same" }),
    },
    "conv2d, dilated, in groups": {
      types: [image, shared([2, 2, 1, 4])],
      build: (x, w) => conv2d(x, w, { strides: [1, 1], padding: "valid", dilationRate: [2, 3], groups: 2 }),
    },
    conv2dTranspose: {
      types: [perSample([2, 3, 2]), shared([3, 3, 1, 2])],
      build: (x, w) => conv2dTranspose(x, w, { strides: [2, 2], padding: "same" }),
    },
    depthwiseConv2d: { types: [image, shared([3, 3, 2, 1])], build: (x, w) => depthwiseConv2d(x, w, plain) },
    "depthwiseConv2d, strides, two filters": {
      types: [image, shared([2, 3, 2, 2])],
      build: (x, w) => depthwiseConv2d(x, w, { strides: [2, 2], padding: "same" }),
    },
    "depthwiseConv2d, dilated": {
      types: [image, shared([2, 2, 2, 1])],
      build: (x, w) => depthwiseConv2d(x, w, { strides: [1, 1], padding: "valid", dilationRate: [3, 2] }),
    },
    // What compiling rewrites as a transposed convolution of the small image, and the ops that it rewrites with.
    "conv2d of upSample2d": {
      types: [perSample([2, 3, 2]), shared([3, 3, 2, 2])],
      build: (x, w) => conv2d(upSample2d(x, { size: [2, 2] }), w, plain),
    },
    mergeUpSampling: { types: [shared([3, 2, 2, 1])], build: (w) => mergeUpSampling(w, [2, 2]) },
    splitUpSampling: { types: [shared([4, 3, 1, 2])], build: (w) => splitUpSampling(w, [2, 2], [3, 2]) },
  };
}
