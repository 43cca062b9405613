import { GraphError } from "../../graph/error.ts";
import type { Model } from "../../nn/model/model.ts";
import { engineOf } from "../../nn/training/engine.ts";
import type { Device } from "../../runtime/device.ts";
import { buildModel } from "./build-model.ts";
import type { CompileDescription } from "./compile-config.ts";
import { parseCompileConfig } from "./compile-config.ts";
import { isHdf5 } from "./hdf5-weights.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type { KerasFile } from "./keras-file.ts";
import { readKerasFile } from "./keras-file.ts";
import { assignLayerArrays, layerPlaces, trainableWeights, trainedVariables } from "./layer-weights.ts";
import { modernConfig } from "./legacy/modern-config.ts";
import { readLegacyModel } from "./legacy/read-model.ts";
import { modernCompiled } from "./legacy/training-config.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { objectiveFromConfig } from "./objective-config.ts";
import { optimizerValues, restoreLearningRate } from "./optimizer-arrays.ts";
import { optimizerFromConfig } from "./optimizer-config.ts";
import { parseModelConfig } from "./parse-model-config.ts";

export interface LoadModelOptions {
  /**
   * Whether to compile the model as it was, with its optimizer's state, so that training can go on; true unless given. Without, any
   * optimizer, loss and metric may stand in the file.
   */
  readonly compile?: boolean;
  /** Where the model computes; the device that all models share unless given. */
  readonly device?: Device;
}

/**
 * The model of a `.keras` file or of an older `.h5` file, whoever wrote it: layers, weights and, where the file has them, the
 * optimizer with its state. Metrics that are not available here, such as functions of one's own, are left out. The state of an
 * optimizer is that of Keras 3: of files of Keras 2, the optimizer begins afresh.
 *
 * @throws KerasFileError when the file is damaged, or holds what is not available here.
 * @example
 * const autoencoder = await loadModel(await readFile("model.keras"));
 */
export async function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): Promise<Model> {
  const { compile = true, device } = options;
  const file = isHdf5(bytes) ? undefined : await readKerasFile(checkIsZip(bytes));
  return asFileError(async () => {
    const loaded = file === undefined ? await readLegacyModel(bytes) : fromKerasFile(file);
    if (compile && loaded.compiled !== undefined) await compileAs(loaded, loaded.compiled, device);
    return loaded.model;
  });
}

/** @throws KerasFileError when bytes that are no HDF5 do not begin as a zip file either. */
function checkIsZip(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return bytes;
  throw new KerasFileError(
    `the ${bytes.length} bytes are neither a zip file, which a .keras file is, nor HDF5, which an .h5 file is`,
  );
}

/** What layers, optimizers and losses refuse, they refuse because of the file. */
async function asFileError<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof GraphError)) throw error;
    throw new KerasFileError(`the model cannot be loaded: ${error.message}`, { cause: error });
  }
}

/** Keras 2 wrote such files at its end, with the configurations of its older ones, and other states of optimizers. */
function fromKerasFile({ config, metadata, weights }: KerasFile): LoadedModel {
  const version = metadata["keras_version"];
  const isOlder = typeof version === "string" && version.startsWith("2.");
  const description = parseModelConfig(isOlder ? modernConfig(config) : config);
  const model = buildModel(description);
  const places = layerPlaces(model, description);
  const arrays = new Map(weights.map((array) => [array.path, array]));
  assignLayerArrays(places, arrays);
  const compiled = parseCompileConfig(config);
  if (!isOlder) return { model, places, compiled, state: arrays };
  return { model, places, compiled: compiled && modernCompiled(compiled), state: new Map() };
}

async function compileAs(
  { model, places, state }: LoadedModel,
  compiled: CompileDescription,
  device: Device | undefined,
): Promise<void> {
  const optimizer = optimizerFromConfig(compiled.optimizer);
  restoreLearningRate(optimizer, state);
  model.compile({
    optimizer,
    ...objectiveFromConfig(compiled, model.outputNames),
    ...(device !== undefined && { device }),
  });
  const { compiled: trainer } = model;
  const values = optimizerValues(optimizer, state, trainedVariables(model, places), trainableWeights(places));
  if (values === undefined || trainer === undefined) return;
  const { parameters } = await engineOf(device);
  trainer.state.attach(parameters, model.trainableVariables);
  trainer.state.assign(values);
}
