export * from "@sandglass/core";
export * as callbacks from "./callbacks/index.ts";
export { backupAndRestore, csvLogger, modelCheckpoint, tensorBoard } from "./callbacks/index.ts";
export {
  chooseBase,
  choicesFor,
  examineClassifier,
  loadClassifierRun,
  parseThreshold,
  resumeClassifierRun,
  trainClassifierRun,
} from "./classify/index.ts";
export type {
  BaseRequest,
  ChosenBase,
  ClassifierChoices,
  ClassifierFigures,
  ClassifierRecord,
  ClassifierRun,
  ClassifierRunOptions,
  ClassifierServices,
  Examination,
  ExaminedPart,
  ExamineOptions,
  FinishedClassifierRun,
  ThresholdChoice,
} from "./classify/index.ts";
export * from "./data/index.ts";
export { UserError } from "./errors.ts";
export { nodeFiles } from "./files/node-files.ts";
export * from "./images/decode/index.ts";
export {
  encodePng,
  heatOverlay,
  readPicture,
  type Picture,
  type Pixels,
  type ReadPictureOptions,
} from "./images/index.ts";
export { findImages, pairImages } from "./images/find/index.ts";
export type {
  ArchivedLocation,
  FindOptions,
  ImageCollection,
  ImageEntry,
  ImageLocation,
  ImagePair,
  ImageSplit,
  PairedImages,
} from "./images/find/index.ts";
export * from "./images/leaks/index.ts";
export type { Part, PartLeaks, SharedSamples } from "./leaks/index.ts";
export * from "./runs/index.ts";
export { encoderOf, openForTraining, openForUse } from "./sources/index.ts";
export type {
  DataChoices,
  Half,
  OpenServices,
  Preparation,
  PreparedData,
  SplitRule,
  TrainingRequest,
  UsableData,
  UseRequest,
} from "./sources/index.ts";
export * from "./tables/index.ts";
export * from "./training/index.ts";
export * from "./weights/index.ts";
