export { examine, type Examination } from "../examination/examine.ts";
export type { TrainingChoices } from "./settings.ts";
export type { Outcome, TrainingProgress } from "./train.ts";
export { resumeRun, trainRun, type FinishedRun, type RunServices, type TrainRunOptions } from "./train-run.ts";
