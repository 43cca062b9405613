export { examine, type Examination } from "../examination/examine.ts";
export type { Outcome, TrainingProgress } from "./train.ts";
export {
  resumeRun,
  trainRun,
  type FinishedRun,
  type ResumeRunOptions,
  type RunChoices,
  type RunServices,
  type TrainRunOptions,
} from "./train-run.ts";
