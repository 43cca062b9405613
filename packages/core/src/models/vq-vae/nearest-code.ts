/**
 * Looking up the nearest of a list of vectors, in Keras's own layers, so that model files need no others. The nearest to z is the one
 * with the largest 2 z·e − |e|², which a dense layer computes: its kernel is 2eᵀ, its bias −|e|². Those similarities, multiplied by
 * a number so large that any difference is more than float32 can raise e to, and their softmax: 1 for the nearest, 0 for the others.
 *
 * The same turns the numbers of codes into one-hot vectors: their "vectors" are the numbers 0, 1, 2, …
 */
import { activation, dense, rescaling, reshape } from "../../nn/layers/index.ts";
import type { Layer, SymbolicTensor } from "../../nn/layers/layer.ts";

/**
 * A power of two, so that the multiplication rounds nothing. Similarities may be up to 2⁵⁵, those of features of tens of millions, and
 * what differs by more than 2⁻⁶⁵ is told apart.
 */
const SHARPNESS = 2 ** 72;

/** Whole numbers up to here are told apart exactly: squares are below 2²⁴. */
export const MOST_CODES = 4096;

/** The dense layer of similarities to so many vectors: [..., dim] → [..., vectors]. */
export function similarityLayer(vectors: number, name: string): Layer {
  return dense(vectors, { name, trainable: false });
}

/** Kernel and bias of the similarities to vectors [count, dim], row-major. */
export function similarityWeights(vectors: Float32Array, dim: number): [kernel: Float32Array, bias: Float32Array] {
  const count = vectors.length / dim;
  const kernel = new Float32Array(vectors.length);
  const bias = new Float32Array(count);
  for (let vector = 0; vector < count; vector++) {
    for (let place = 0; place < dim; place++) {
      const value = vectors[vector * dim + place] as number;
      kernel[place * count + vector] = 2 * value;
      bias[vector] = (bias[vector] as number) - value * value;
    }
  }
  return [kernel, bias];
}

/** 1 for the largest similarity and 0 for the others: [..., vectors]. */
export function largestOnly(similarities: SymbolicTensor): SymbolicTensor {
  return activation("softmax", { name: "nearest" })(rescaling(SHARPNESS, { name: "sharpened" })(similarities));
}

/** Numbers of codes as one-hot vectors: [...] → [..., codes]. */
export function oneHotOfNumbers(numbers: SymbolicTensor, codes: number): SymbolicTensor {
  const layer = similarityLayer(codes, "places");
  const similarities = layer(reshape([...numbers.shape, 1])(numbers));
  layer.setWeights(similarityWeights(firstNumbers(codes), 1));
  return largestOnly(similarities);
}

/** One-hot vectors as the numbers of codes: [..., codes] → [...]. */
export function numbersOfOneHot(oneHot: SymbolicTensor): SymbolicTensor {
  const layer = dense(1, { useBias: false, trainable: false, name: "numbers" });
  const numbers = layer(oneHot);
  layer.setWeights([firstNumbers(oneHot.shape.at(-1) as number)]);
  return reshape(oneHot.shape.slice(0, -1))(numbers);
}

/** 0, 1, 2, … */
function firstNumbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, number) => number);
}
