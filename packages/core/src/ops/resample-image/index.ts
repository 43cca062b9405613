export { resampleImage } from "./resample-image.ts";
export type { FillMode, Interpolation, ResampleImageOptions } from "./options.ts";
