/**
 * The convolutional network of the lectures: [(convolution + activation) × N + pooling] × M, then (dense + activation) × K, then
 * softmax, or sigmoid for two classes. Samples that are no images have the dense layers alone.
 */
import { GraphError } from "../../../graph/error.ts";
import { formatShape } from "../../../graph/tensor-type.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import { completeOptions } from "../../../models/options/complete-options.ts";
import {
  activation as activationLayer,
  averagePooling2d,
  batchNormalization,
  conv2d,
  flatten,
  globalAveragePooling2d,
  maxPool2d,
} from "../../../nn/layers/index.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import { model } from "../../../nn/model/functional.ts";
import { classOutput } from "./class-output.ts";
import type { ClassifierNetwork } from "./classifier-network.ts";
import { cnnOptions } from "./cnn-options.ts";
import type { CnnOptions, DecidedCnnOptions } from "./cnn-options.ts";

const FIRST_FILTERS = 16;
const MOST_FILTERS = 128;
/** Images are pooled until their smaller side is about so long. */
const SMALLEST_SIDE = 3.5;
const MOST_BLOCKS = 5;
const DEFAULT_UNITS = 64;
/** Of the normalization's averages. Keras's 0.99 takes hundreds of steps to forget the first values, and small sets have no more. */
const MOMENTUM = 0.9;

/**
 * Chooses what is left open: filters by the smaller side, 16, 32, 64 for 28×28; 64 units.
 *
 * @throws RangeError when an option is unknown, or a value is not what it may be.
 */
export function decideCnn(shape: Shape, given: CnnOptions): DecidedCnnOptions {
  const options = completeOptions("cnn", cnnOptions, given);
  const { units = [DEFAULT_UNITS] } = options;
  return { ...options, units, filters: shape.length === 3 ? (options.filters ?? filtersFor(shape)) : undefined };
}

/**
 * The network with random weights.
 *
 * @param shape of a sample: [height, width, channels], or anything else for dense layers alone.
 * @throws RangeError when an option is unknown, or a value is not what it may be.
 * @throws GraphError when the images are too small for the blocks, or there are fewer than two classes.
 * @example
 * const { model } = cnnClassifier([28, 28, 1], 10, { filters: [16, 32, 64], convolutions: 2 });
 */
export function cnnClassifier(shape: Shape, numClasses: number, given: CnnOptions = {}): ClassifierNetwork {
  const options = decideCnn(shape, given);
  const { filters, units, activation, dropout, features: join } = options;
  const sample = input(shape, { name: "sample" });
  const maps = (filters ?? []).reduce((tensor, count) => block(tensor, count, options), sample);
  const features = filters === undefined || join === "flatten" ? flattened(maps) : globalAveragePooling2d()(maps);
  const output = classOutput(features, { numClasses, units, activation, dropout });
  return { model: model(sample, output, { name: "cnn" }) };
}

function filtersFor([height = 1, width = 1]: Shape): number[] {
  const side = Math.min(height, width);
  const blocks = Math.min(MOST_BLOCKS, Math.max(1, Math.floor(Math.log2(side / SMALLEST_SIDE))));
  return Array.from({ length: blocks }, (_, index) => Math.min(MOST_FILTERS, FIRST_FILTERS * 2 ** index));
}

/** [height, width, channels] → [height / (stride · poolSize), …, filters], odd sides rounded up. */
function block(image: SymbolicTensor, filters: number, options: DecidedCnnOptions): SymbolicTensor {
  const { convolutions, kernel, stride, pooling, poolSize, normalization, activation } = options;
  let maps = image;
  for (let number = 0; number < convolutions; number++) {
    const strides = number === 0 ? stride : 1;
    if (normalization === "none") {
      maps = conv2d(filters, kernel, { strides, padding: "same", activation })(maps);
      continue;
    }
    // The normalization has a bias of its own.
    maps = conv2d(filters, kernel, { strides, padding: "same", useBias: false })(maps);
    maps = activationLayer(activation)(batchNormalization({ momentum: MOMENTUM })(maps));
  }
  if (poolSize === 1) return maps;
  const [height = 0, width = 0] = maps.shape;
  if (Math.min(height, width) < 2) {
    throw new GraphError(
      `images are ${formatShape(maps.shape)} before the pooling of the block with ${filters} filters, and there is nothing left to pool; ` +
        "give fewer filters, one number a block, or a smaller stride",
    );
  }
  const pool = pooling === "max" ? maxPool2d : averagePooling2d;
  return pool(poolSize, { padding: "same" })(maps);
}

function flattened(tensor: SymbolicTensor): SymbolicTensor {
  return tensor.shape.length === 1 ? tensor : flatten()(tensor);
}
