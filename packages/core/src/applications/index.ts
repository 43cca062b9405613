export * from "./imagenet/class-names.ts";
export * from "./mobilenet-v2/index.ts";
export { WeightsFileError } from "./weights/weights-file-error.ts";
