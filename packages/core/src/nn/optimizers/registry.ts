/** Optimizers by their Keras names. */
import { Registry } from "../registry.ts";
import { adadeltaFromConfig } from "./adadelta.ts";
import { adagradFromConfig } from "./adagrad.ts";
import { adamWFromConfig } from "./adam-w.ts";
import { adamFromConfig } from "./adam.ts";
import { adamaxFromConfig } from "./adamax.ts";
import { lionFromConfig } from "./lion.ts";
import { nadamFromConfig } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmspropFromConfig } from "./rmsprop.ts";
import { sgdFromConfig } from "./sgd.ts";

export const optimizers = new Registry<Optimizer>("optimizer", "keras.optimizers", {
  Adadelta: adadeltaFromConfig,
  Adagrad: adagradFromConfig,
  Adam: adamFromConfig,
  Adamax: adamaxFromConfig,
  AdamW: adamWFromConfig,
  Lion: lionFromConfig,
  Nadam: nadamFromConfig,
  RMSprop: rmspropFromConfig,
  SGD: sgdFromConfig,
});

/** An optimizer, or the name of one with its default settings. */
export type OptimizerLike = Optimizer | string;
