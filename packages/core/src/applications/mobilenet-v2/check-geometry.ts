/** Whether another network's convolutions look at the same pixels, so that its weights mean the same. */
import { formatShape } from "../../graph/tensor-type.ts";
import type { Model } from "../../nn/model/model.ts";
import { weightedLayers } from "../weights/weighted-layer.ts";
import type { WeightedLayer } from "../weights/weighted-layer.ts";
import { WeightsFileError } from "../weights/weights-file-error.ts";
import { evenPadding } from "./inverted-residual.ts";

/**
 * Compares strides and paddings. Networks from PyTorch have as many zeros on all sides where TensorFlow's have none above and left, which
 * moves every image by half a stride.
 *
 * @throws WeightsFileError when a layer has another stride, dilation or padding.
 */
export function checkGeometry(network: Model, source: Model): void {
  const layers = weightedLayers(source);
  for (const [index, target] of weightedLayers(network).entries()) {
    const layer = layers[index];
    if (layer === undefined || layer.layer.className === "Dense") continue;
    const differing = ["strides", "dilation_rate"].find((key) => setting(target, key) !== setting(layer, key));
    if (differing !== undefined) {
      throw new WeightsFileError(
        `${target.layer.describe()} has ${differing} ${setting(target, differing)}, and in the file, as ` +
          `"${layer.layer.name}", ${setting(layer, differing)}: that is another network`,
      );
    }
    checkPadding(layer);
  }
}

function checkPadding({ layer, padding }: WeightedLayer): void {
  const { strides, padding: rule, kernel_size: kernel } = layer.getConfig();
  const isPointwise = [kernel].flat().every((size) => size === 1);
  if (rule === "same" || isPointwise) return;
  const image = padding?.calls[0]?.inputs[0];
  const edges = JSON.stringify(padding?.getConfig()["padding"] ?? null);
  const isEven = [strides].flat().every((stride) => stride === 2);
  if (image !== undefined && isEven && edges === JSON.stringify(evenPadding(image))) return;
  const came = image === undefined ? "does not pad images" : `pads images ${formatShape(image.shape)} by ${edges}`;
  throw new WeightsFileError(
    `in the file, "${layer.name}" ${came}, and Keras's MobileNetV2 pads them as TensorFlow's "same" does, so the weights would mean ` +
      "something else there; take the model of the file itself as a base",
  );
}

function setting({ layer }: WeightedLayer, key: string): string {
  return JSON.stringify(layer.getConfig()[key]);
}
