export type { Callback, TrainingView } from "../training/callback.ts";
export { earlyStopping } from "./early-stopping.ts";
export { lambdaCallback } from "./lambda-callback.ts";
export { learningRateScheduler } from "./learning-rate-scheduler.ts";
export { progressLine } from "./progress-line.ts";
export { reduceLROnPlateau } from "./reduce-lr-on-plateau.ts";
export { terminateOnNaN } from "./terminate-on-nan.ts";
