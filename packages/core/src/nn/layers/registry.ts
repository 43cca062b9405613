/** Layers by their Keras class names: the one place where model files find them. */
import type { KerasConfig } from "../keras-object.ts";
import { describeUnknown } from "../nearest-name.ts";
import { activationFromConfig } from "./activation.ts";
import type { ConfigReader } from "../config-reader.ts";
import { conv1dFromConfig } from "./conv1d.ts";
import { conv2dTransposeFromConfig } from "./conv2d-transpose.ts";
import { conv2dFromConfig } from "./conv2d.ts";
import { denseFromConfig } from "./dense.ts";
import { depthwiseConv2dFromConfig } from "./depthwise-conv2d.ts";
import { dropoutFromConfig } from "./dropout.ts";
import { flattenFromConfig } from "./flatten.ts";
import {
  globalAveragePooling1dFromConfig,
  globalAveragePooling2dFromConfig,
  globalMaxPooling1dFromConfig,
  globalMaxPooling2dFromConfig,
} from "./global-pooling.ts";
import { inputLayerFromConfig } from "./input-layer.ts";
import { LayerConfigReader } from "./layer-config-reader.ts";
import type { Layer } from "./layer.ts";
import { averagePooling2dFromConfig, maxPool2dFromConfig } from "./pooling.ts";
import { reshapeFromConfig } from "./reshape.ts";
import { separableConv2dFromConfig } from "./separable-conv2d.ts";
import { upSampling2dFromConfig } from "./up-sampling2d.ts";
import { averagePooling1dFromConfig, maxPool1dFromConfig } from "./pooling1d.ts";
import { cropping2dFromConfig, zeroPadding2dFromConfig } from "./edges2d.ts";
import { normalizationFromConfig } from "./normalization.ts";
import { rescalingFromConfig } from "./rescaling.ts";
import { resizingFromConfig } from "./resizing.ts";
import { upSampling1dFromConfig } from "./up-sampling1d.ts";

const LAYERS: Readonly<Record<string, (config: ConfigReader) => Layer>> = {
  Activation: activationFromConfig,
  AveragePooling1D: averagePooling1dFromConfig,
  AveragePooling2D: averagePooling2dFromConfig,
  Conv1D: conv1dFromConfig,
  Conv2D: conv2dFromConfig,
  Conv2DTranspose: conv2dTransposeFromConfig,
  Cropping2D: cropping2dFromConfig,
  Dense: denseFromConfig,
  DepthwiseConv2D: depthwiseConv2dFromConfig,
  Dropout: dropoutFromConfig,
  Flatten: flattenFromConfig,
  GlobalAveragePooling1D: globalAveragePooling1dFromConfig,
  GlobalAveragePooling2D: globalAveragePooling2dFromConfig,
  GlobalMaxPooling1D: globalMaxPooling1dFromConfig,
  GlobalMaxPooling2D: globalMaxPooling2dFromConfig,
  InputLayer: inputLayerFromConfig,
  MaxPooling1D: maxPool1dFromConfig,
  MaxPooling2D: maxPool2dFromConfig,
  Normalization: normalizationFromConfig,
  Rescaling: rescalingFromConfig,
  Reshape: reshapeFromConfig,
  SeparableConv2D: separableConv2dFromConfig,
  Resizing: resizingFromConfig,
  UpSampling1D: upSampling1dFromConfig,
  UpSampling2D: upSampling2dFromConfig,
  ZeroPadding2D: zeroPadding2dFromConfig,
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
