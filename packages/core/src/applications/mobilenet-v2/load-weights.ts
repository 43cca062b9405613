/** Trained weights for MobileNetV2, out of files of several kinds. */
import { isHdf5, KerasFileError, loadModel, loadWeights, readingHdf5 } from "../../formats/keras/index.ts";
import { importOnnx } from "../../formats/onnx/index.ts";
import type { Model } from "../../nn/model/model.ts";
import { weightedLayers, weightsOf } from "../weights/weighted-layer.ts";
import { WeightsFileError } from "../weights/weights-file-error.ts";
import { assignNetwork } from "./assign-network.ts";
import { checkGeometry } from "./check-geometry.ts";
import { mobileNetV2 } from "./mobile-net-v2.ts";
import type { MobileNetV2Options } from "./mobile-net-v2.ts";

/**
 * A MobileNetV2 with the weights of a file: weights alone of Keras 3 (`.weights.h5`) or of older versions (`.h5`, as Keras offers them), a
 * whole model (`.keras`, `.h5`, `.onnx`) that is this network, or begins with it: what follows the features is then ignored. Batch
 * normalization may have been folded into the convolutions.
 *
 * @param options as for `mobileNetV2`; alpha, and with `includeTop` the number of classes, must be those of the file, the size need not.
 * @throws WeightsFileError when the file holds another network.
 * @throws KerasFileError or OnnxFileError when it is damaged or of another kind.
 *
 * @example
 * const base = await loadMobileNetV2(await readFile("mobilenet_v2.h5"), { alpha: 0.35, includeTop: false, pooling: "avg" });
 */
export async function loadMobileNetV2(bytes: Uint8Array, options: MobileNetV2Options = {}): Promise<Model> {
  const network = mobileNetV2(options);
  const source = await sourceOf(bytes, options);
  checkGeometry(network, source);
  assignNetwork(network, weightedLayers(source).map(weightsOf));
  return network;
}

/** The network that the file holds. */
async function sourceOf(bytes: Uint8Array, options: MobileNetV2Options): Promise<Model> {
  if (isHdf5(bytes)) {
    const isModel = await readingHdf5(bytes, (root) => root.hasAttribute("model_config"));
    return isModel ? loadModel(bytes, { compile: false }) : weightsAlone(bytes, options);
  }
  return isZip(bytes) ? loadModel(bytes, { compile: false }) : importOnnx(bytes);
}

/** Whether bytes begin as a `.keras` file does. */
function isZip([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

/** Weights lie in files by the places of their layers, so the network must have the classifier if the file has it. */
async function weightsAlone(bytes: Uint8Array, options: MobileNetV2Options): Promise<Model> {
  const { includeTop = true, pooling: _, ...others } = options;
  const reasons: string[] = [];
  for (const top of [includeTop, !includeTop]) {
    const network = mobileNetV2({ ...others, includeTop: top });
    try {
      await loadWeights(network, bytes);
      return network;
    } catch (error) {
      if (!(error instanceof KerasFileError)) throw error;
      reasons.push(`${top ? "with" : "without"} a classifier, ${error.message}`);
    }
  }
  throw new WeightsFileError(`the file does not hold the weights of this MobileNetV2: ${reasons.join("; ")}`);
}
