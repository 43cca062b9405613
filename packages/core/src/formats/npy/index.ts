export { type NpyDtype, type NumericData } from "./element-types.ts";
export { NpyError } from "./npy-error.ts";
export { describeNpy, openNpz, readNpz, writeNpz, type NpyDescription, type NpzArchive } from "./npz.ts";
export { readNpy, type NpyArray, type NpyNumbers, type NpyTexts } from "./read.ts";
export { writeNpy, type NpyContent } from "./write.ts";
