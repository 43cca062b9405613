/** Layers by their Keras class names: the one place where model files find them. */
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { describeUnknown } from "../nearest-name.ts";
import { activationFromConfig } from "./activation.ts";
import { activityRegularizationFromConfig } from "./activity-regularization.ts";
import { alphaDropoutFromConfig } from "./alpha-dropout.ts";
import { batchNormalizationFromConfig } from "./batch-normalization.ts";
import { concatenateFromConfig } from "./concatenate.ts";
import { conv1dFromConfig } from "./conv1d.ts";
import { conv2dFromConfig } from "./conv2d.ts";
import { conv2dTransposeFromConfig } from "./conv2d-transpose.ts";
import { denseFromConfig } from "./dense.ts";
import { depthwiseConv2dFromConfig } from "./depthwise-conv2d.ts";
import { dotFromConfig } from "./dot.ts";
import { dropoutFromConfig } from "./dropout.ts";
import { cropping2dFromConfig, zeroPadding2dFromConfig } from "./edges2d.ts";
import { eluFromConfig } from "./elu.ts";
import { flattenFromConfig } from "./flatten.ts";
import { gaussianDropoutFromConfig } from "./gaussian-dropout.ts";
import { gaussianNoiseFromConfig } from "./gaussian-noise.ts";
import {
  globalAveragePooling1dFromConfig,
  globalAveragePooling2dFromConfig,
  globalMaxPooling1dFromConfig,
  globalMaxPooling2dFromConfig,
} from "./global-pooling.ts";
import { groupNormalizationFromConfig } from "./group-normalization.ts";
import { inputLayerFromConfig } from "./input-layer.ts";
import type { Layer } from "./layer.ts";
import { LayerConfigReader } from "./layer-config-reader.ts";
import { layerNormalizationFromConfig } from "./layer-normalization.ts";
import { leakyReluFromConfig } from "./leaky-relu.ts";
import { add, average, maximum, minimum, multiply, subtract } from "./merging.ts";
import { normalizationFromConfig } from "./normalization.ts";
import { permuteFromConfig } from "./permute.ts";
import { averagePooling2dFromConfig, maxPool2dFromConfig } from "./pooling.ts";
import { averagePooling1dFromConfig, maxPool1dFromConfig } from "./pooling1d.ts";
import { preluFromConfig } from "./prelu.ts";
import { randomBrightnessFromConfig } from "./random-brightness.ts";
import { randomContrastFromConfig } from "./random-contrast.ts";
import { randomCropFromConfig } from "./random-crop.ts";
import { randomErasingFromConfig } from "./random-erasing.ts";
import { randomFlipFromConfig } from "./random-flip.ts";
import { randomRotationFromConfig } from "./random-rotation.ts";
import { randomShearFromConfig } from "./random-shear.ts";
import { randomTranslationFromConfig } from "./random-translation.ts";
import { randomZoomFromConfig } from "./random-zoom.ts";
import { reluFromConfig } from "./relu.ts";
import { repeatVectorFromConfig } from "./repeat-vector.ts";
import { rescalingFromConfig } from "./rescaling.ts";
import { reshapeFromConfig } from "./reshape.ts";
import { resizingFromConfig } from "./resizing.ts";
import { separableConv2dFromConfig } from "./separable-conv2d.ts";
import { softmaxFromConfig } from "./softmax.ts";
import { spatialDropout1dFromConfig, spatialDropout2dFromConfig } from "./spatial-dropout.ts";
import { unitNormalizationFromConfig } from "./unit-normalization.ts";
import { upSampling1dFromConfig } from "./up-sampling1d.ts";
import { upSampling2dFromConfig } from "./up-sampling2d.ts";

const LAYERS: Readonly<Record<string, (config: ConfigReader) => Layer>> = {
  Activation: activationFromConfig,
  ActivityRegularization: activityRegularizationFromConfig,
  Add: (config) => add(config.layerOptions()),
  AlphaDropout: alphaDropoutFromConfig,
  Average: (config) => average(config.layerOptions()),
  AveragePooling1D: averagePooling1dFromConfig,
  AveragePooling2D: averagePooling2dFromConfig,
  BatchNormalization: batchNormalizationFromConfig,
  Concatenate: concatenateFromConfig,
  Conv1D: conv1dFromConfig,
  Conv2D: conv2dFromConfig,
  Conv2DTranspose: conv2dTransposeFromConfig,
  Cropping2D: cropping2dFromConfig,
  Dense: denseFromConfig,
  DepthwiseConv2D: depthwiseConv2dFromConfig,
  Dot: dotFromConfig,
  Dropout: dropoutFromConfig,
  ELU: eluFromConfig,
  Flatten: flattenFromConfig,
  GaussianDropout: gaussianDropoutFromConfig,
  GaussianNoise: gaussianNoiseFromConfig,
  GlobalAveragePooling1D: globalAveragePooling1dFromConfig,
  GlobalAveragePooling2D: globalAveragePooling2dFromConfig,
  GlobalMaxPooling1D: globalMaxPooling1dFromConfig,
  GlobalMaxPooling2D: globalMaxPooling2dFromConfig,
  GroupNormalization: groupNormalizationFromConfig,
  InputLayer: inputLayerFromConfig,
  LayerNormalization: layerNormalizationFromConfig,
  LeakyReLU: leakyReluFromConfig,
  Maximum: (config) => maximum(config.layerOptions()),
  MaxPooling1D: maxPool1dFromConfig,
  MaxPooling2D: maxPool2dFromConfig,
  Minimum: (config) => minimum(config.layerOptions()),
  Multiply: (config) => multiply(config.layerOptions()),
  Normalization: normalizationFromConfig,
  Permute: permuteFromConfig,
  PReLU: preluFromConfig,
  RandomBrightness: randomBrightnessFromConfig,
  RandomContrast: randomContrastFromConfig,
  RandomCrop: randomCropFromConfig,
  RandomErasing: randomErasingFromConfig,
  RandomFlip: randomFlipFromConfig,
  RandomRotation: randomRotationFromConfig,
  RandomShear: randomShearFromConfig,
  RandomTranslation: randomTranslationFromConfig,
  RandomZoom: randomZoomFromConfig,
  ReLU: reluFromConfig,
  RepeatVector: repeatVectorFromConfig,
  Rescaling: rescalingFromConfig,
  Reshape: reshapeFromConfig,
  Resizing: resizingFromConfig,
  SeparableConv2D: separableConv2dFromConfig,
  Softmax: softmaxFromConfig,
  SpatialDropout1D: spatialDropout1dFromConfig,
  SpatialDropout2D: spatialDropout2dFromConfig,
  Subtract: (config) => subtract(config.layerOptions()),
  UnitNormalization: unitNormalizationFromConfig,
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
  const make = Object.hasOwn(LAYERS, className) ? LAYERS[className] : undefined;
  if (make !== undefined) return make(new LayerConfigReader(className, config));
  throw new RangeError(`unknown layer ${describeUnknown(className, Object.keys(LAYERS))}`);
}

/** Keras's names of the layers that model files may hold. */
export function layerClasses(): string[] {
  return Object.keys(LAYERS);
}
