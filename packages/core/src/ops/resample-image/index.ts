export { resampleImage } from "./resample-image.ts";
export type { FillMode, Interpolation } from "./options.ts";
