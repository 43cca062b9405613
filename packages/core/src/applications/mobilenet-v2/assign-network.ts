/** The weights of another MobileNetV2, layer after layer, whatever it calls them and whatever stands behind its features. */
import { formatShape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import { assignWeights } from "../weights/assign-weights.ts";
import { takes, weightedLayers } from "../weights/weighted-layer.ts";
import type { LayerWeights, WeightedLayer } from "../weights/weighted-layer.ts";
import { WeightsFileError } from "../weights/weights-file-error.ts";

/**
 * Gives a MobileNetV2 the weights of the layers with the same places: those of the features, and those of the classifier if the
 * network has one. What follows in `weights` is ignored. Nothing changes when something does not fit.
 *
 * @throws WeightsFileError when a layer is missing or has another shape, because of another alpha or another number of classes.
 */
export function assignNetwork(network: Model, weights: readonly LayerWeights[]): void {
  const pairs = weightedLayers(network).map((target, index) => ({ target, source: weights[index] }));
  const fitting = pairs.map(({ target, source }) => {
    if (source !== undefined && takes(target, source)) return { target, source };
    throw mismatch(network, target, source);
  });
  for (const { target, source } of fitting) assignWeights(target, source);
}

function mismatch(network: Model, { layer }: WeightedLayer, source: LayerWeights | undefined): WeightsFileError {
  const came =
    source === undefined
      ? "no further weights"
      : `${formatShape(source.kernelShape)} of "${source.name}" (${source.className})`;
  const expected = formatShape(layer.variables[0]?.shape ?? []);
  const advice =
    layer.className === "Dense"
      ? "the file has another classifier or none; ask for includeTop: false, or for as many classes as it has"
      : "the weights are those of another network or of another alpha";
  return new WeightsFileError(
    `${layer.describe()} of "${network.name}" needs a kernel ${expected}, and the file has ${came}: ${advice}`,
  );
}
