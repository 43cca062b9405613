export * from "./balance/index.ts";
export { Classifier, type ClassifierSettings } from "./classifier.ts";
export { isClassifierFile, type ClassifierDescription } from "./classifier-file.ts";
export type {
  ClassifierFitOptions,
  ClassifierHistory,
  ClassifierSnapshot,
  ClassifierTraining,
  FineTuning,
  PlannedTuning,
  SampleCounts,
  SaveClassifierOptions,
} from "./classifier-options.ts";
export { cnn, fromScratch, load, transfer, type NewClassifier } from "./create-classifier.ts";
export * from "./figures/index.ts";
export * from "./networks/index.ts";
export { pickLabelled } from "./pick-labelled.ts";
