export { decodeImage, type DecodeImageOptions } from "./decode-image.ts";
export {
  planBytes,
  planScale,
  planShape,
  type ImageBackground,
  type ImageFit,
  type ImagePlan,
  type ImageValues,
  type PatchPlan,
} from "./image-plan.ts";
export type { ImageFormat } from "../image-formats.ts";
export {
  isReadable,
  type ImageHeader,
  type ImageProbe,
  type ReadableProbe,
  type UnreadableImage,
} from "./image-probe.ts";
export { openImages } from "./open-images.ts";
export { openPairs, type OpenedPairs } from "./open-pairs.ts";
export type { ImageLimits, OpenedImages, OpenImagesOptions } from "./opened-images.ts";
export {
  planImages,
  type ImageChoices,
  type ImageColor,
  type PatchChoices,
  type PlannedImages,
} from "./plan-images.ts";
export { UnreadableLimit } from "./unreadable-limit.ts";
export { probeImages, type ProbeImagesOptions } from "./probe-images.ts";
