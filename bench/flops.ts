/**
 * Exact multiply-add counts of a workload, per sample.
 *
 * Counted: the multiply-adds of convolutions, their transposes and dense layers whose tap falls inside the image.
 * Products with the zeros of "same" padding are not work, whether an engine computes them or not. Not counted:
 * biases, activations, pooling, upsampling, the loss and the optimizer. So a figure in GFLOP/s understates what the
 * processor does, alike for every peer.
 *
 * A training step needs each of these products three times: forward, for the gradient of the weights, and for the
 * gradient of the layer's input. Nobody asks for the gradient of the first layer's input, so it is left out.
 */

import {
  byKind,
  type ConvolutionSpec,
  type GanWorkload,
  type LayerSpec,
  type LayerTable,
  type Padding,
  type Workload,
} from "./workloads.ts";

/** Multiply-adds per sample. */
export interface MultiplyAdds {
  readonly forward: number;
  readonly train: number;
}

/** What one layer does to a sample: its output's shape and its multiply-adds. */
interface LayerCount {
  readonly shape: readonly number[];
  readonly multiplyAdds: number;
}

/**
 * Counts the multiply-adds of one sample's forward pass and training step.
 *
 * @throws Error where a layer is not counted.
 */
export function multiplyAdds(workload: Workload): MultiplyAdds {
  if (workload.family === "gan") return ganMultiplyAdds(workload);
  const parts =
    workload.family === "vae"
      ? [chain(workload.encoder, workload.input), chain(workload.decoder, [workload.codeSize])]
      : [chain(workload.layers, workload.input)];
  const forward = parts.reduce((sum, part) => sum + part.forward, 0);
  return { forward, train: 3 * forward - (parts[0] as ChainCount).first };
}

/**
 * The forward pass is the generator's. The discriminator's update takes one forward pass of the generator, and all three products of
 * the discriminator for the sample and for the generated image. The generator's update takes all its own three, and of the
 * discriminator, whose weights stay, the products forward and those for the gradient of the image.
 */
function ganMultiplyAdds({ generator, discriminator, codeSize, input }: GanWorkload): MultiplyAdds {
  const G = chain(generator, [codeSize]);
  const D = chain(discriminator, input);
  const discriminatorStep = G.forward + 2 * (3 * D.forward - D.first);
  const generatorStep = 3 * G.forward - G.first + 2 * D.forward;
  return { forward: G.forward, train: discriminatorStep + generatorStep };
}

/** Multiply-adds of layers one after the other: of all, and of the first that has any. */
interface ChainCount {
  readonly forward: number;
  readonly first: number;
}

function chain(layers: readonly LayerSpec[], input: readonly number[]): ChainCount {
  let shape = input;
  let forward = 0;
  let first: number | undefined;
  for (const layer of layers) {
    const count = byKind(COUNTS, layer, shape);
    shape = count.shape;
    forward += count.multiplyAdds;
    if (count.multiplyAdds > 0) first ??= count.multiplyAdds;
  }
  return { forward, first: first ?? 0 };
}

/** Floating-point operations of one step over a batch: two per multiply-add. */
export function flopsPerStep(workload: Workload, mode: "train" | "infer", batch: number): number {
  const counts = multiplyAdds(workload);
  return 2 * batch * (mode === "train" ? counts.train : counts.forward);
}

const COUNTS: LayerTable<[shape: readonly number[]], LayerCount> = {
  dense({ units }, shape) {
    const [features] = shape as [number];
    return { shape: [units], multiplyAdds: features * units };
  },
  maxPool2d({ poolSize, padding }, shape) {
    const [height, width, channels] = shape as [number, number, number];
    const sizes = [height, width].map((size) => outputSize(size, poolSize, poolSize, padding));
    return { shape: [...sizes, channels], multiplyAdds: 0 };
  },
  upSampling2d({ size }, shape) {
    const [height, width, channels] = shape as [number, number, number];
    return { shape: [height * size, width * size, channels], multiplyAdds: 0 };
  },
  conv2d(layer, shape) {
    const [height, width] = shape as [number, number];
    const sizes = [height, width].map((size) => outputSize(size, layer.kernelSize, layer.strides, layer.padding));
    return { shape: [...sizes, layer.filters], multiplyAdds: convolution(layer, [height, width], shape) };
  },
  conv2dTranspose(layer, shape) {
    if (layer.padding !== "same") {
      throw new Error(`conv2dTranspose with padding "${layer.padding}" is not counted; expected "same"`);
    }
    const [height, width] = shape as [number, number];
    const sizes: [number, number] = [height * layer.strides, width * layer.strides];
    // The transpose of the convolution that maps the output's size to the input's: the same products.
    return { shape: [...sizes, layer.filters], multiplyAdds: convolution(layer, sizes, shape) };
  },
  leakyRelu: (_, shape) => ({ shape, multiplyAdds: 0 }),
  flatten: (_, shape) => ({ shape: [shape.reduce((product, dim) => product * dim, 1)], multiplyAdds: 0 }),
  reshape: ({ targetShape }) => ({ shape: targetShape, multiplyAdds: 0 }),
};

function convolution(layer: ConvolutionSpec, wide: readonly [number, number], shape: readonly number[]): number {
  const channels = shape[2] as number;
  const [vertical, horizontal] = wide.map((size) =>
    tapsInside(size, layer.kernelSize, layer.strides, layer.padding),
  ) as [number, number];
  return vertical * horizontal * channels * layer.filters;
}

/** Keras's size of an output axis. */
function outputSize(size: number, kernel: number, stride: number, padding: Padding): number {
  return padding === "same" ? Math.ceil(size / stride) : Math.ceil((size - kernel + 1) / stride);
}

/** Along one axis: the number of pairs (output position, tap) whose input position lies inside the image. */
function tapsInside(size: number, kernel: number, stride: number, padding: Padding): number {
  const outputs = outputSize(size, kernel, stride, padding);
  const missing = padding === "same" ? Math.max((outputs - 1) * stride + kernel - size, 0) : 0;
  const before = Math.floor(missing / 2);
  let taps = 0;
  for (let output = 0; output < outputs; output++) {
    for (let tap = 0; tap < kernel; tap++) {
      const position = output * stride + tap - before;
      if (position >= 0 && position < size) taps++;
    }
  }
  return taps;
}
