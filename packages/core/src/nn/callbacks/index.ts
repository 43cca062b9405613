export type { Callback, TrainingView } from "./callback.ts";
export { earlyStopping } from "./early-stopping.ts";
