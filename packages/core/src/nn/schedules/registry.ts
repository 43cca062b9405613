/** Learning-rate schedules by their Keras names. */
import { Registry } from "../registry.ts";
import { cosineDecayRestartsFromConfig } from "./cosine-decay-restarts.ts";
import { cosineDecayFromConfig } from "./cosine-decay.ts";
import type { LearningRateSchedule } from "./learning-rate-schedule.ts";
import { piecewiseConstantDecayFromConfig } from "./piecewise-constant-decay.ts";
import { polynomialDecayFromConfig } from "./polynomial-decay.ts";
import { exponentialDecayFromConfig, inverseTimeDecayFromConfig } from "./rate-decay.ts";

export const schedules = new Registry<LearningRateSchedule>("learning-rate schedule", "keras.optimizers.schedules", {
  CosineDecay: cosineDecayFromConfig,
  CosineDecayRestarts: cosineDecayRestartsFromConfig,
  ExponentialDecay: exponentialDecayFromConfig,
  InverseTimeDecay: inverseTimeDecayFromConfig,
  PiecewiseConstantDecay: piecewiseConstantDecayFromConfig,
  PolynomialDecay: polynomialDecayFromConfig,
});
