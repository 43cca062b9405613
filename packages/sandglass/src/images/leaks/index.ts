export { describeLeaks } from "./describe-leaks.ts";
export { findLeaks } from "./find-leaks.ts";
export {
  fingerprintImages,
  type FingerprintImagesOptions,
  type FingerprintResult,
  type ImageFingerprint,
  type ImageLook,
} from "./fingerprint-images.ts";
export type { ComparedImage, DuplicateImages, Evidence, ImageLeaks, SameImages, SplitLeak } from "./image-leaks.ts";
export type { SamePicturesOptions } from "./same-pictures.ts";
