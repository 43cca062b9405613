/** Layers by their Keras class names: the one place where model files find them. */
import type { KerasConfig } from "../keras-object.ts";
import { describeUnknown } from "../nearest-name.ts";
import { activationFromConfig } from "./activation.ts";
import type { ConfigReader } from "../config-reader.ts";
import { conv2dTransposeFromConfig } from "./conv2d-transpose.ts";
import { conv2dFromConfig } from "./conv2d.ts";
import { denseFromConfig } from "./dense.ts";
import { dropoutFromConfig } from "./dropout.ts";
import { flattenFromConfig } from "./flatten.ts";
import { inputLayerFromConfig } from "./input-layer.ts";
import { LayerConfigReader } from "./layer-config-reader.ts";
import type { Layer } from "./layer.ts";
import { averagePooling2dFromConfig, maxPool2dFromConfig } from "./pooling.ts";
import { reshapeFromConfig } from "./reshape.ts";
import { upSampling2dFromConfig } from "./up-sampling2d.ts";

const LAYERS: Readonly<Record<string, (config: ConfigReader) => Layer>> = {
  Activation: activationFromConfig,
  AveragePooling2D: averagePooling2dFromConfig,
  Conv2D: conv2dFromConfig,
  Conv2DTranspose: conv2dTransposeFromConfig,
  Dense: denseFromConfig,
  Dropout: dropoutFromConfig,
  Flatten: flattenFromConfig,
  InputLayer: inputLayerFromConfig,
  MaxPooling2D: maxPool2dFromConfig,
  Reshape: reshapeFromConfig,
  UpSampling2D: upSampling2dFromConfig,
};

/**
 * The layer that Keras wrote into a model file; models within models apart.
 *
 * @throws RangeError when the class is unknown, or a setting asks for what is not available.
 */
export function layerFromConfig(className: string, config: KerasConfig): Layer {
  const make = LAYERS[className];
  if (make !== undefined) return make(new LayerConfigReader(className, config));
  throw new RangeError(`unknown layer ${describeUnknown(className, Object.keys(LAYERS))}`);
}

/** Keras's names of the layers that model files may hold. */
export function layerClasses(): string[] {
  return Object.keys(LAYERS);
}
