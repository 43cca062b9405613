export { examine, type Examination } from "../examination/examine.ts";
export type { Outcome } from "./train.ts";
export type { TrainingProgress } from "./training-watch.ts";
export {
  resumeRun,
  trainRun,
  type FinishedRun,
  type ResumeRunOptions,
  type RunChoices,
  type RunServices,
  type TrainRunOptions,
} from "./train-run.ts";
