export { augmentation } from "./augmentation.ts";
export type { Augmentation, AugmentationLike } from "./augmentation.ts";
export { augmentationKinds } from "./kinds.ts";
export type { AugmentationKind, AugmentationName, AugmentedSamples } from "./kinds.ts";
export type { AugmentationOptions } from "./read-augmentation.ts";
