export { chooseBase, choicesFor, type BaseRequest, type ChosenBase } from "./choose-base.ts";
export type { ClassifierRecord } from "./classifier-record.ts";
export {
  examineClassifier,
  type ClassifierFigures,
  type ExaminedPart,
  type Examination,
} from "./examine-classifier.ts";
export { formatProportion } from "./figure-exhibits.ts";
export { loadClassifierRun, type ClassifierRun } from "./load-classifier-run.ts";
export { parseThreshold } from "./threshold-rule.ts";
export { trainClassifierRun, type ClassifierChoices, type FinishedClassifierRun } from "./train-classifier-run.ts";
export { renderEvaluation } from "./render-evaluation.ts";
