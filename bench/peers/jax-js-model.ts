/** A workload as a function of its weights and one batch, written with jax-js. */

import type * as JaxModule from "@jax-js/jax";
import {
  byKind,
  type AutoencoderLayerSpec,
  type AutoencoderWorkload,
  type ConvolutionSpec,
  type LayerTable,
  type LossName,
} from "../workloads.ts";

type Jax = typeof JaxModule;
type JaxArray = JaxModule.Array;

/** Keras's bound that keeps a probability away from 0 and 1. */
const EPSILON = 1e-7;

/** Each loss as the mean over all elements of a batch. */
export const LOSSES: Readonly<Record<LossName, (jax: Jax, target: JaxArray, output: JaxArray) => JaxArray>> = {
  binaryCrossentropy({ numpy: np }, target, output) {
    const probability = np.clip(output, EPSILON, 1 - EPSILON);
    const ones = target.ref.mul(np.log(probability.ref));
    const zeros = np.subtract(1, target).mul(np.log(np.subtract(1, probability)));
    return np.mean(ones.add(zeros)).neg();
  },
  meanSquaredError({ numpy: np }, target, output) {
    return np.mean(np.square(output.sub(target)));
  },
};

/** The model as a function of its weights (kernel, bias, kernel, bias, …) and one batch, and the weights' shapes. */
export function buildForward(
  jax: Jax,
  workload: AutoencoderWorkload,
): { forward: (weights: JaxArray[], input: JaxArray) => JaxArray; shapes: number[][] } {
  const { lax, nn, numpy: np } = jax;
  const shapes: number[][] = [];
  const steps: ((value: JaxArray, weights: JaxArray[]) => JaxArray)[] = [];
  let channels = workload.input.at(-1) as number;

  const addParameters = (kernelShape: number[], size: number): number => shapes.push(kernelShape, [size]) - 2;
  const addConvolution =
    (convolve: typeof lax.convTranspose) =>
    ({ filters, kernelSize, strides, padding }: ConvolutionSpec): void => {
      const first = addParameters([filters, channels, kernelSize, kernelSize], filters);
      const pads = padding === "same" ? "SAME" : "VALID";
      channels = filters;
      steps.push((value, weights) => {
        const bias = at(weights, first + 1).reshape([1, filters, 1, 1]);
        return convolve(value, at(weights, first), [strides, strides], pads).add(bias);
      });
    };
  const addLayer: LayerTable<[], void, AutoencoderLayerSpec> = {
    conv2d: addConvolution(lax.convGeneralDilated),
    conv2dTranspose: addConvolution(lax.convTranspose),
    dense: ({ units }) => {
      const first = addParameters([channels, units], units);
      channels = units;
      steps.push((value, weights) => np.matmul(value, at(weights, first)).add(at(weights, first + 1)));
    },
    maxPool2d: ({ poolSize }) => {
      // The values are outputs of a relu, so padding with zeros changes no maximum.
      steps.push((value) => {
        const [batch, features, height, width] = value.shape as [number, number, number, number];
        const [rows, columns] = [Math.ceil(height / poolSize), Math.ceil(width / poolSize)];
        const padded = np.pad(value, [
          [0, 0],
          [0, 0],
          [0, rows * poolSize - height],
          [0, columns * poolSize - width],
        ]);
        return np.max(padded.reshape([batch, features, rows, poolSize, columns, poolSize]), [3, 5]);
      });
    },
    upSampling2d: ({ size }) => {
      steps.push((value) => np.repeat(np.repeat(value, size, 2), size, 3));
    },
  };
  for (const layer of workload.layers) {
    byKind(addLayer, layer);
    if ("activation" in layer && layer.activation !== undefined) steps.push(nn[layer.activation]);
  }
  return { forward: (weights, input) => steps.reduce((value, step) => step(value, weights), input), shapes };
}

/** Glorot uniform values for a kernel, zeros for a bias. */
export function initialValues(shape: readonly number[], random: () => number): Float32Array<ArrayBuffer> {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (shape.length === 1) return new Float32Array(size);
  const [a, b] = shape as [number, number];
  const limit = Math.sqrt(6 / ((a + b) * (size / (a * b))));
  return Float32Array.from({ length: size }, () => (2 * random() - 1) * limit);
}

/** The item at an index that must exist. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index} among ${items.length}`);
  return item;
}
