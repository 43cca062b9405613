/**
 * The structural similarity of images (Wang, Bovik, Sheikh and Simoncelli 2004, "Image quality assessment: from error visibility
 * to structural similarity", equation 13), with the numbers of TensorFlow's `tf.image.ssim`.
 */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { depthwiseConv2d } from "../../ops/depthwise-conv2d/index.ts";
import { add, div, mul, square, sub } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduce.ts";
import { constantTensor } from "../constant-tensor.ts";
import { checkSameShape } from "./loss.ts";

export interface SsimOptions {
  /** The difference between the largest and the smallest value that pixels may have; 1 unless given. */
  readonly maxVal?: number;
  /** Height and width of the window, in pixels; 11 unless given. */
  readonly filterSize?: number;
  /** The standard deviation of the window, in pixels; 1.5 unless given. */
  readonly filterSigma?: number;
  /** Steadies the comparison of means; 0.01 unless given. */
  readonly k1?: number;
  /** Steadies the comparison of variances; 0.03 unless given. */
  readonly k2?: number;
}

/**
 * How alike images [height, width, channels] are: one number for each sample, 1 for equal images. In each window, whose pixels
 * count by a Gaussian, means μ, variances σ² and the covariance are compared,
 *
 *     (2·μₓμᵧ + c₁) · (2·σₓᵧ + c₂) / ((μₓ² + μᵧ² + c₁) · (σₓ² + σᵧ² + c₂)),   c₁ = (k1·maxVal)²,  c₂ = (k2·maxVal)²,
 *
 * and the mean over all windows that fit into the image and over channels is taken.
 *
 * @throws GraphError when these are no images of the same shape, or a window does not fit into them.
 */
export function structuralSimilarity(
  what: string,
  target: Node,
  prediction: Node,
  { maxVal = 1, filterSize = 11, filterSigma = 1.5, k1 = 0.01, k2 = 0.03 }: SsimOptions,
): Node {
  checkSameShape(what, target, prediction);
  const numChannels = checkImages(what, prediction, filterSize);
  const blur = gaussianBlur(numChannels, filterSize, filterSigma);
  const [c1, c2] = [(k1 * maxVal) ** 2, (k2 * maxVal) ** 2];
  const [meanX, meanY] = [blur(target), blur(prediction)];
  const twiceProduct = mul(mul(meanX, meanY), 2);
  const squares = add(square(meanX), square(meanY));
  const luminance = div(add(twiceProduct, c1), add(squares, c1));
  // σₓᵧ = E[xy] − μₓμᵧ, and σₓ² + σᵧ² = E[x² + y²] − μₓ² − μᵧ²
  const twiceCovariance = sub(mul(blur(mul(target, prediction)), 2), twiceProduct);
  const variances = sub(blur(add(square(target), square(prediction))), squares);
  const structure = div(add(twiceCovariance, c2), add(variances, c2));
  return mean(mul(luminance, structure));
}

/** The weighted mean around each pixel whose window lies in the image: along columns, then along rows. */
function gaussianBlur(numChannels: number, size: number, sigma: number): (image: Node) => Node {
  const powers = Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma ** 2)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const weights = Float32Array.from(powers.flatMap((power) => Array<number>(numChannels).fill(power / total)));
  const options = { strides: [1, 1], padding: "valid" } as const;
  const column = constantTensor("gaussian column", [size, 1, numChannels, 1], weights);
  const row = constantTensor("gaussian row", [1, size, numChannels, 1], weights);
  return (image) => depthwiseConv2d(depthwiseConv2d(image, column, options), row, options);
}

/** The number of channels. */
function checkImages(what: string, { type: { shape } }: Node, filterSize: number): number {
  const [height = 0, width = 0, numChannels] = shape;
  if (numChannels === undefined || shape.length !== 3) {
    throw new GraphError(
      `${what} compares images [height, width, channels]; samples of shape ${formatShape(shape)} came`,
    );
  }
  if (height >= filterSize && width >= filterSize) return numChannels;
  throw new GraphError(
    `${what} compares windows of ${filterSize}×${filterSize} pixels, which do not fit into images of shape ` +
      `${formatShape(shape)}; give a smaller filterSize, or larger images`,
  );
}
