export { activation } from "./activation.ts";
export { conv2dTranspose } from "./conv2d-transpose.ts";
export { conv2d } from "./conv2d.ts";
export { dense } from "./dense.ts";
export { dropout } from "./dropout.ts";
export { flatten } from "./flatten.ts";
export { averagePooling2d, maxPool2d, maxPool2d as maxPooling2d } from "./pooling.ts";
export { reshape } from "./reshape.ts";
export { upSampling2d } from "./up-sampling2d.ts";
