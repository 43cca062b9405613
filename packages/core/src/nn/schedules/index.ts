export { cosineDecay } from "./cosine-decay.ts";
export { cosineDecayRestarts } from "./cosine-decay-restarts.ts";
export type { LearningRateSchedule } from "./learning-rate-schedule.ts";
export { piecewiseConstantDecay } from "./piecewise-constant-decay.ts";
export { polynomialDecay } from "./polynomial-decay.ts";
export { exponentialDecay, inverseTimeDecay } from "./rate-decay.ts";
