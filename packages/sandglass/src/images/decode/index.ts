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
export {
  isReadable,
  type ImageFormat,
  type ImageHeader,
  type ImageProbe,
  type ReadableProbe,
  type UnreadableImage,
} from "./image-probe.ts";
export type { OpenedImages, OpenImagesOptions } from "./opened-images.ts";
