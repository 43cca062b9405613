export { activation } from "./activation.ts";
export { activityRegularization } from "./activity-regularization.ts";
export { alphaDropout } from "./alpha-dropout.ts";
export { batchNormalization } from "./batch-normalization.ts";
export { concatenate } from "./concatenate.ts";
export { conv1d } from "./conv1d.ts";
export { conv2d } from "./conv2d.ts";
export { conv2dTranspose } from "./conv2d-transpose.ts";
export { dense } from "./dense.ts";
export { depthwiseConv2d } from "./depthwise-conv2d.ts";
export { dot } from "./dot.ts";
export { dropout } from "./dropout.ts";
export { cropping2d, zeroPadding2d } from "./edges2d.ts";
export { elu } from "./elu.ts";
export { flatten } from "./flatten.ts";
export { gaussianDropout } from "./gaussian-dropout.ts";
export { gaussianNoise } from "./gaussian-noise.ts";
export {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from "./global-pooling.ts";
export { groupNormalization } from "./group-normalization.ts";
export { layerNormalization } from "./layer-normalization.ts";
export { leakyRelu, leakyRelu as leakyReLU } from "./leaky-relu.ts";
export { add, average, maximum, minimum, multiply, subtract } from "./merging.ts";
export { normalization } from "./normalization.ts";
export { permute } from "./permute.ts";
export { averagePooling2d, maxPool2d, maxPool2d as maxPooling2d } from "./pooling.ts";
export { averagePooling1d, maxPool1d, maxPool1d as maxPooling1d } from "./pooling1d.ts";
export { prelu } from "./prelu.ts";
export { randomBrightness } from "./random-brightness.ts";
export { randomContrast } from "./random-contrast.ts";
export { randomCrop } from "./random-crop.ts";
export { randomErasing } from "./random-erasing.ts";
export { randomFlip } from "./random-flip.ts";
export { randomRotation } from "./random-rotation.ts";
export { randomShear } from "./random-shear.ts";
export { randomTranslation } from "./random-translation.ts";
export { randomZoom } from "./random-zoom.ts";
export { relu } from "./relu.ts";
export { repeatVector } from "./repeat-vector.ts";
export { rescaling } from "./rescaling.ts";
export { reshape } from "./reshape.ts";
export { resizing } from "./resizing.ts";
export { separableConv2d } from "./separable-conv2d.ts";
export { softmax } from "./softmax.ts";
export { spatialDropout1d, spatialDropout2d } from "./spatial-dropout.ts";
export { unitNormalization } from "./unit-normalization.ts";
export { upSampling1d } from "./up-sampling1d.ts";
export { upSampling2d } from "./up-sampling2d.ts";
