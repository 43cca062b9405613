/**
 * MobileNetV2 (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", arXiv:1801.04381, table 2), built
 * layer for layer as `keras.applications.MobileNetV2`, with the names that it gives them, so that weight files of Keras fit.
 */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { ActivationLike } from "../../nn/activations/registry.ts";
import {
  batchNormalization,
  conv2d,
  dense,
  globalAveragePooling2d,
  globalMaxPooling2d,
  relu,
} from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Functional } from "../../nn/model/functional.ts";
import { divisibleBy8, invertedResidual, NORMALIZATION } from "./inverted-residual.ts";
import type { ResidualBlock } from "./inverted-residual.ts";

export interface MobileNetV2Options {
  /** [height, width, channels], at least 32 rows and columns; [224, 224, 3] unless given. */
  readonly inputShape?: Shape;
  /** What the numbers of filters are multiplied by: 1 unless given. Keras has ImageNet weights for 0.35, 0.5, 0.75, 1, 1.3 and 1.4. */
  readonly alpha?: number;
  /** Whether the classifier follows: the mean over the image and a dense layer `predictions`. True unless given. */
  readonly includeTop?: boolean;
  /** Without the classifier: the mean or the maximum of each channel over the image; the image of features unless given. */
  readonly pooling?: "avg" | "max" | undefined;
  /** How many classes the classifier tells apart; 1000 unless given. */
  readonly classes?: number;
  /** `softmax` unless given; `linear` for logits. */
  readonly classifierActivation?: ActivationLike;
  /** `mobilenetv2_1.00_224` by alpha and rows unless given. */
  readonly name?: string;
}

const SMALLEST_SIZE = 32;

/** The rows of the paper's table 2, one entry for each repetition; `filters` are those at alpha 1. */
const BLOCKS: readonly ResidualBlock[] = [
  { filters: 16, stride: 1, expansion: 1 },
  ...repeated(2, { filters: 24, stride: 2, expansion: 6 }),
  ...repeated(3, { filters: 32, stride: 2, expansion: 6 }),
  ...repeated(4, { filters: 64, stride: 2, expansion: 6 }),
  ...repeated(3, { filters: 96, stride: 1, expansion: 6 }),
  ...repeated(3, { filters: 160, stride: 2, expansion: 6 }),
  { filters: 320, stride: 1, expansion: 6 },
];
const LAST_FILTERS = 1280;

/**
 * MobileNetV2 with random weights: images with values from −1 to 1 (`preprocessInput`) → probabilities of the classes, or features.
 * `loadMobileNetV2` gives it trained ones.
 *
 * @throws RangeError when an option is out of range.
 * @throws GraphError when images are too small.
 *
 * @example
 * const base = mobileNetV2({ inputShape: [160, 160, 3], alpha: 0.35, includeTop: false, pooling: "avg" });
 */
export function mobileNetV2(options: MobileNetV2Options = {}): Functional {
  const { inputShape = [224, 224, 3], alpha = 1, name } = options;
  checkOptions(inputShape, options);
  const image = input(inputShape);
  const features = lastConvolution(
    BLOCKS.reduce((x, block, index) => invertedResidual(x, block, alpha, index), firstConvolution(image, alpha)),
    alpha,
  );
  return model(image, head(features, options), {
    name: name ?? `mobilenetv2_${alpha.toFixed(2)}_${inputShape[0] as number}`,
  });
}

function firstConvolution(image: SymbolicTensor, alpha: number): SymbolicTensor {
  const filters = divisibleBy8(32 * alpha);
  const x = conv2d(filters, 3, { strides: 2, padding: "same", useBias: false, name: "Conv1" })(image);
  return relu({ maxValue: 6, name: "Conv1_relu" })(batchNormalization({ ...NORMALIZATION, name: "bn_Conv1" })(x));
}

/** Narrow networks keep its width, wide ones widen it. */
function lastConvolution(image: SymbolicTensor, alpha: number): SymbolicTensor {
  const filters = alpha > 1 ? divisibleBy8(LAST_FILTERS * alpha) : LAST_FILTERS;
  const x = conv2d(filters, 1, { useBias: false, name: "Conv_1" })(image);
  return relu({ maxValue: 6, name: "out_relu" })(batchNormalization({ ...NORMALIZATION, name: "Conv_1_bn" })(x));
}

function head(
  features: SymbolicTensor,
  { includeTop = true, pooling, classes = 1000, classifierActivation = "softmax" }: MobileNetV2Options,
): SymbolicTensor {
  if (includeTop) {
    return dense(classes, { activation: classifierActivation, name: "predictions" })(
      globalAveragePooling2d()(features),
    );
  }
  if (pooling === undefined) return features;
  return (pooling === "avg" ? globalAveragePooling2d : globalMaxPooling2d)()(features);
}

function checkOptions(inputShape: Shape, { alpha = 1, includeTop = true, pooling }: MobileNetV2Options): void {
  const [height = 0, width = 0] = inputShape;
  if (inputShape.length !== 3 || Math.min(height, width) < SMALLEST_SIZE) {
    throw new GraphError(
      `inputShape of MobileNetV2 must be [height, width, channels] with at least ${SMALLEST_SIZE} rows and columns; ` +
        `${formatShape(inputShape)} came`,
    );
  }
  if (!(alpha > 0 && Number.isFinite(alpha))) {
    throw new RangeError(`alpha of MobileNetV2 must be a number greater than 0; ${alpha} came`);
  }
  if (![undefined, "avg", "max"].includes(pooling)) {
    throw new RangeError(`pooling of MobileNetV2 must be "avg" or "max", or left out; "${String(pooling)}" came`);
  }
  if (includeTop && pooling !== undefined) {
    throw new RangeError(`pooling of MobileNetV2 is for includeTop: false; the classifier takes the mean`);
  }
}

/** The first of a row's blocks has its stride, the others 1. */
function repeated(times: number, block: ResidualBlock): readonly ResidualBlock[] {
  return Array.from({ length: times }, (_, index) => (index === 0 ? block : { ...block, stride: 1 }));
}
