export { chooseBase, choicesFor, type BaseRequest, type ChosenBase } from "./choose-base.ts";
export {
  examineClassifier,
  type ClassifierFigures,
  type Examination,
  type ExaminedPart,
  type ExamineOptions,
} from "./examine-classifier.ts";
export { formatProportion } from "./figure-exhibits.ts";
export { labelledData } from "./labelled-data.ts";
export { loadClassifierRecord, loadClassifierRun, type ClassifierRun } from "./load-classifier-run.ts";
export { ownNetwork } from "./own-network.ts";
export { figureWarnings } from "./classifier-warnings.ts";
export { parseThreshold, type ThresholdChoice } from "./threshold-rule.ts";
export type { ClassifierChoices } from "./classifier-training.ts";
export { twoClasses, type ClassifierRecord } from "./classifier-record.ts";
export { checkClassifierResumable, resumeClassifierRun } from "./resume-classifier-run.ts";
export type { ClassifierServices, FinishedClassifierRun } from "./train-and-finish.ts";
export { trainClassifierRun, type ClassifierRunOptions } from "./train-classifier-run.ts";
export { renderEvaluation } from "./render-evaluation.ts";
