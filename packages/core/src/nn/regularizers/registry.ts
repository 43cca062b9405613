/** Regularizers by their Keras names. */
import { Registry } from "../registry.ts";
import { l1, l1l2, l2 } from "./l1-l2.ts";
import { orthogonalRegularizerFromConfig } from "./orthogonal.ts";
import type { Regularizer } from "./regularizer.ts";

export const regularizers = new Registry<Regularizer>("regularizer", "keras.regularizers", {
  L1: (config) => l1(config.optionalNumber("l1")),
  L2: (config) => l2(config.optionalNumber("l2")),
  L1L2: (config) => l1l2({ l1: config.optionalNumber("l1") ?? 0, l2: config.optionalNumber("l2") ?? 0 }),
  OrthogonalRegularizer: orthogonalRegularizerFromConfig,
});

/** A regularizer, or the name of one with Keras's default settings. */
export type RegularizerLike = Regularizer | string;
