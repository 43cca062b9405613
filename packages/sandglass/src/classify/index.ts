export { chooseBase, choicesFor } from "./choose-base.ts";
export { examineClassifier } from "./examine-classifier.ts";
export { formatProportion } from "./figure-exhibits.ts";
export { loadClassifierRun, type ClassifierRun } from "./load-classifier-run.ts";
export { parseThreshold } from "./threshold-rule.ts";
export { trainClassifierRun, type ClassifierChoices, type FinishedClassifierRun } from "./train-classifier-run.ts";
export { renderEvaluation } from "./render-evaluation.ts";
