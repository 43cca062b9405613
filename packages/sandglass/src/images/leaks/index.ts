export { describeLeaks } from "./describe-leaks.ts";
export { findLeaks, type FindLeaksOptions } from "./find-leaks.ts";
export {
  fingerprintImages,
  type FingerprintImagesOptions,
  type FingerprintResult,
  type ImageFingerprint,
  type ImageLook,
} from "./fingerprint-images.ts";
export type { ComparedImage, DuplicateImages, Evidence, ImageLeaks, SameImages, SplitLeak } from "./image-leaks.ts";
export { haveLooks, lookOfSample } from "./look-of-sample.ts";
export { imagePartLeaks, type ImagePart, type PartLeaksOfImages } from "./part-leaks.ts";
