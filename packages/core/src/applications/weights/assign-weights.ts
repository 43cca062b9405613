/** Gives layers the weights of others that compute the same, also where one has its batch normalization folded in. */
import { GraphError } from "../../graph/error.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { LayerWeights, WeightedLayer } from "./weighted-layer.ts";

/**
 * Replaces the weights of a layer and of its batch normalization. Where only these have one, the bias of those is its beta, with gamma
 * 1, mean 0 and variance 1 − ε, so that what is divided by is 1.
 *
 * @throws GraphError when the layer has nothing to add the bias with, or lacks the batch normalization that the weights have.
 */
export function assignWeights({ layer, normalization }: WeightedLayer, weights: LayerWeights): void {
  const { name, kernel, bias } = weights;
  if (normalization !== undefined) {
    layer.setWeights(layer.variables.length > 1 ? [kernel, new Float32Array(channelsOf(normalization))] : [kernel]);
    normalization.setWeights(normalizationWeights(normalization, weights));
    return;
  }
  if (weights.normalization !== undefined) {
    throw new GraphError(`${layer.describe()} has no batch normalization behind it, and "${name}" has one`);
  }
  if (layer.variables.length > 1) layer.setWeights([kernel, bias ?? new Float32Array(channelsOf(layer))]);
  else if (bias === undefined) layer.setWeights([kernel]);
  else throw new GraphError(`${layer.describe()} has no bias, and "${name}" has one`);
}

/** gamma, beta, mean and variance for another ε, and with the bias in beta. */
function normalizationWeights(layer: Layer, { bias, normalization }: LayerWeights): readonly Float32Array[] {
  const epsilon = layer.getConfig()["epsilon"] as number;
  const channels = channelsOf(layer);
  if (normalization === undefined) {
    const zeros = new Float32Array(channels);
    return [zeros.map(() => 1), bias ?? zeros, zeros, zeros.map(() => 1 - epsilon)];
  }
  const { gamma, beta, mean, variance } = normalization;
  const moved = variance.map((value) => value + normalization.epsilon - epsilon);
  // (x + bias − mean) is (x − (mean − bias)).
  const shifted = bias === undefined ? mean : mean.map((value, channel) => value - (bias[channel] as number));
  return [gamma, beta, shifted, moved];
}

function channelsOf({ variables }: Layer): number {
  return variables.at(-1)?.size ?? 0;
}
