export type { Callback, TrainingView } from "../training/callback.ts";
export { earlyStopping } from "./early-stopping.ts";
