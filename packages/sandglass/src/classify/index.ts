export { chooseBase, choicesFor } from "./choose-base.ts";
export { examineClassifier } from "./examine-classifier.ts";
export { formatProportion } from "./figure-exhibits.ts";
export { loadClassifierRecord, loadClassifierRun, type ClassifierRun } from "./load-classifier-run.ts";
export { parseThreshold } from "./threshold-rule.ts";
export type { ClassifierChoices } from "./classifier-training.ts";
export { twoClasses, type ClassifierRecord } from "./classifier-record.ts";
export {
  checkClassifierResumable,
  resumeClassifierRun,
  trainClassifierRun,
  type FinishedClassifierRun,
} from "./train-classifier-run.ts";
export { renderEvaluation } from "./render-evaluation.ts";
