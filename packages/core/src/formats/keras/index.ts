export type { CompileDescription, ObjectDescription } from "./compile-config.ts";
export { compileConfig, parseCompileConfig } from "./compile-config.ts";
export { KerasFileError } from "./keras-file-error.ts";
export type { KerasFile, KerasFileContent } from "./keras-file.ts";
export { readKerasFile, writeKerasFile } from "./keras-file.ts";
export { layersInKerasOrder } from "./layer-order.ts";
export type { LoadModelOptions } from "./load-model.ts";
export { loadModel } from "./load-model.ts";
export { modelConfig } from "./model-config.ts";
export type {
  FunctionalDescription,
  InputTensor,
  LayerDescription,
  ModelDescription,
  PlacedLayer,
  SequentialDescription,
  TensorSource,
} from "./model-description.ts";
export { isModel } from "./model-description.ts";
export type { OptimizerSlot, OptimizerVariable } from "./optimizer-variables.ts";
export { optimizerVariables } from "./optimizer-variables.ts";
export { parseModelConfig } from "./parse-model-config.ts";
export type { SaveOptions } from "./save-model.ts";
export { saveModel } from "./save-model.ts";
export type { WeightArray, WeightData } from "./weight-array.ts";
export { float32Values } from "./weight-array.ts";
export type { PlacedWeights } from "./weight-paths.ts";
export { placeWeights } from "./weight-paths.ts";
