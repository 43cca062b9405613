export { loadWeightsSafetensors, saveWeightsSafetensors } from "./model-weights.ts";
export { readSafetensors, writeSafetensors, type SafeTensor, type SafetensorsFile } from "./safetensors.ts";
export { SafetensorsError } from "./safetensors-error.ts";
