/** What users import: Keras's vocabulary in camelCase. */
export * as activations from "./nn/activations/index.ts";
export * as applications from "./applications/index.ts";
export * as callbacks from "./formats/callbacks/index.ts";
export * as classic from "./classic/index.ts";
export * as classify from "./tasks/classify/index.ts";
export * as constraints from "./nn/constraints/index.ts";
export * as initializers from "./nn/initializers/index.ts";
export * as layers from "./nn/layers/index.ts";
export * as losses from "./nn/losses/index.ts";
export * as metrics from "./nn/metrics/index.ts";
export * as models from "./models/index.ts";
export * as ops from "./ops/index.ts";
export * as optimizers from "./nn/optimizers/index.ts";
export * as regularizers from "./nn/regularizers/index.ts";
export * as schedules from "./nn/schedules/index.ts";
export * as tables from "./tables/index.ts";

export * from "./data/index.ts";
export * from "./formats/cifar/index.ts";
export * from "./formats/idx/index.ts";
export * from "./formats/npy/index.ts";
export * from "./tasks/filter/index.ts";
export * from "./tasks/judge/index.ts";
export * from "./tasks/layers/index.ts";

export {
  backupAndRestore,
  csvLogger,
  earlyStopping,
  lambdaCallback,
  learningRateScheduler,
  modelCheckpoint,
  progressLine,
  reduceLROnPlateau,
  tensorBoard,
  terminateOnNaN,
} from "./formats/callbacks/index.ts";
export { optimizerNames } from "./models/family-optimizer.ts";
export { augmentedSamples } from "./models/augmentation/augmented-samples.ts";
export { augmentationExhibit } from "./models/augmentation/augmentation-exhibit.ts";
export { completeOptions, describeAllowed } from "./models/options/complete-options.ts";
export { modelFamilies, modelFamily } from "./models/registry.ts";
export { augmentation, augmentationKinds } from "./nn/augmentation/index.ts";
export { input } from "./nn/layers/input-layer.ts";
export { cloneModel, type CloneModelOptions } from "./nn/model/clone-model.ts";
export { model } from "./nn/model/functional.ts";
export { sequential } from "./nn/model/sequential.ts";
export { plotModel, type PlotModelOptions } from "./nn/plot/index.ts";
export { resetNames } from "./nn/names.ts";
export { adadelta, adagrad, adam, adamax, adamW, lion, nadam, rmsprop, sgd } from "./nn/optimizers/index.ts";
export { setRandomSeed } from "./nn/random/session-seed.ts";
export { CustomTrainer } from "./nn/model/custom-trainer.ts";
export { setDefaultDevice } from "./nn/training/engine.ts";
export { streamedBatches, type StreamedBatchesOptions } from "./nn/training/streamed-batches.ts";
export { TrainingDiverged } from "./nn/training/training-diverged.ts";

export { BackupError } from "./formats/callbacks/backup-error.ts";
export { memoryFiles } from "./formats/memory-files.ts";
export { KerasFileError, loadModel, loadWeights, saveModel, saveWeights } from "./formats/keras/index.ts";
export * from "./formats/onnx/index.ts";
export * from "./formats/safetensors/index.ts";

export { GraphError } from "./graph/error.ts";
export type { Node } from "./graph/node.ts";
export { Device } from "./runtime/device.ts";

export type {
  BackupAndRestoreOptions,
  CsvLoggerOptions,
  ModelCheckpointOptions,
  TensorBoardOptions,
} from "./formats/callbacks/index.ts";
export type { Files } from "./formats/files.ts";
export type { LoadModelOptions, LoadWeightsOptions, SaveOptions, SaveWeightsOptions } from "./formats/keras/index.ts";
export type { Callback, TrainingView } from "./nn/training/callback.ts";
export type { LearningRateSchedule } from "./nn/schedules/index.ts";
export type { Autoencoder } from "./models/autoencoder.ts";
export type {
  AutoencoderFitOptions,
  AutoencoderHistory,
  AutoencoderSettings,
  AutoencoderSnapshot,
  BatchOptions,
  DecodeOptions,
  DrawOptions,
  ExhibitOptions,
} from "./models/autoencoder-options.ts";
export type * from "./models/exhibit.ts";
export type { ModelFamily } from "./models/model-family.ts";
export type { Option, OptionTable, OptionValue } from "./models/options/option.ts";
export type { TrainingChoices } from "./models/presets.ts";
export { briefOf } from "./models/samples.ts";
export type { HeldSamples, SamplesLike } from "./models/samples.ts";
export type { PhaseSpan } from "./models/phase-spans.ts";
export type {
  Augmentation,
  AugmentationKind,
  AugmentationLike,
  AugmentationName,
  AugmentationOptions,
  AugmentedSamples,
} from "./nn/augmentation/index.ts";
export type { Layer, SymbolicTensor } from "./nn/layers/layer.ts";
export type { Model } from "./nn/model/model.ts";
export type { BatchStream, StreamBatch } from "./nn/training/batch-source.ts";
export type { DataLike, DatasetLike, TensorData } from "./nn/tensor-data.ts";
export type { ModelData, SampleWeights } from "./nn/training/examples.ts";
export type { FitOptions } from "./nn/training/fit.ts";
export type { History } from "./nn/training/history.ts";
export type { Logs } from "./nn/logs.ts";
export type { CompileOptions } from "./nn/training/compiled-trainer.ts";
export type { StepScope } from "./nn/training/step-scope.ts";
export type { Variable } from "./nn/variable.ts";
