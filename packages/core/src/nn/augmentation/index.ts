export { augmentation } from "./augmentation.ts";
export type { Augmentation, AugmentationLike } from "./augmentation.ts";
export { augmentationKinds } from "./kinds.ts";
export type { AugmentationKind, AugmentationName, AugmentedSamples, FlipDirection } from "./kinds.ts";
export type { AugmentationOptions } from "./read-augmentation.ts";
