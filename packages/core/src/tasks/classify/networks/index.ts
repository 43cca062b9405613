export { cnnClassifier, decideCnn } from "./cnn-classifier.ts";
export { cnnOptions, type CnnOptions } from "./cnn-options.ts";
export type { ClassifierNetwork, TransferParts } from "./classifier-network.ts";
export { featureBase } from "./feature-base.ts";
export type { InputValues } from "./fit-sample.ts";
export { transferClassifier, type TransferSettings } from "./transfer-classifier.ts";
export { transferOptions, type TransferOptions } from "./transfer-options.ts";
export { unfreezeFrom, type FineTuneFrom } from "./unfreeze.ts";
