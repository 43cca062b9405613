export type { Autoencoder, ModelFamily, TrainingDefaults } from "./model-family.ts";
export { modelFamilies, modelFamily } from "./registry.ts";
