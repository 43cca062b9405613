export { activation } from "./activation.ts";
export { conv1d } from "./conv1d.ts";
export { conv2dTranspose } from "./conv2d-transpose.ts";
export { conv2d } from "./conv2d.ts";
export { dense } from "./dense.ts";
export { depthwiseConv2d } from "./depthwise-conv2d.ts";
export { dropout } from "./dropout.ts";
export { flatten } from "./flatten.ts";
export { averagePooling2d, maxPool2d, maxPool2d as maxPooling2d } from "./pooling.ts";
export { reshape } from "./reshape.ts";
export { separableConv2d } from "./separable-conv2d.ts";
export { upSampling2d } from "./up-sampling2d.ts";
export { cropping2d, zeroPadding2d } from "./edges2d.ts";
export {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from "./global-pooling.ts";
export { normalization } from "./normalization.ts";
export { averagePooling1d, maxPool1d, maxPool1d as maxPooling1d } from "./pooling1d.ts";
export { rescaling } from "./rescaling.ts";
export { resizing } from "./resizing.ts";
export { upSampling1d } from "./up-sampling1d.ts";
