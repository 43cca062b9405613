import { GraphError } from "../../graph/error.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { Model } from "../../nn/model/model.ts";
import { engineOf } from "../../nn/training/engine.ts";
import type { Device } from "../../runtime/device.ts";
import { buildModel } from "./build-model.ts";
import { parseCompileConfig } from "./compile-config.ts";
import { lossFromConfig, optimizerFromConfig } from "./compiled-objects.ts";
import { layerAt } from "./describe-model.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type { KerasFile } from "./keras-file.ts";
import { readKerasFile } from "./keras-file.ts";
import { optimizerValues, restoreLearningRate } from "./optimizer-arrays.ts";
import { parseModelConfig } from "./parse-model-config.ts";
import { float32Values, formatShape } from "./weight-array.ts";
import type { WeightArray } from "./weight-array.ts";
import { placeWeights } from "./weight-paths.ts";

export interface LoadModelOptions {
  /** Whether to compile the model as it was, with its optimizer's state, so that training can go on; true unless given. */
  readonly compile?: boolean;
  /** Where the model computes; the device that all models share unless given. */
  readonly device?: Device;
}

/**
 * The model of a `.keras` file, whoever wrote it: layers, weights and, where the file has them, the optimizer with its
 * state.
 *
 * @throws KerasFileError when the file is damaged, or holds what is not available here.
 * @example
 * const autoencoder = await loadModel(await readFile("model.keras"));
 */
export async function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): Promise<Model> {
  const file = await readKerasFile(bytes);
  try {
    return await fromFile(file, options);
  } catch (error) {
    // What layers, optimizers and losses refuse, they refuse because of the file.
    if (!(error instanceof RangeError || error instanceof GraphError)) throw error;
    throw new KerasFileError(`the model cannot be loaded: ${error.message}`, { cause: error });
  }
}

async function fromFile(file: KerasFile, { compile = true, device }: LoadModelOptions): Promise<Model> {
  const description = parseModelConfig(file.config);
  const model = buildModel(description);
  const arrays = new Map(file.weights.map((array) => [array.path, array]));
  const layers: Layer[] = [];
  for (const { names, path } of placeWeights(description)) {
    const layer = layerAt(model, names);
    layers.push(layer);
    assignWeights(layer, path, arrays);
  }
  const compiled = compile ? parseCompileConfig(file.config) : undefined;
  if (compiled === undefined) return model;
  const optimizer = optimizerFromConfig(compiled.optimizer);
  restoreLearningRate(optimizer, arrays);
  const loss = lossFromConfig(compiled.loss);
  model.compile({ optimizer, loss, metrics: compiled.metrics ?? [], ...(device !== undefined && { device }) });
  await restoreState(model, arrays, layers, device);
  return model;
}

function assignWeights(layer: Layer, path: string, arrays: ReadonlyMap<string, WeightArray>): void {
  for (const [index, variable] of layer.variables.entries()) {
    const array = arrays.get(`${path}/${index}`);
    if (array === undefined)
      throw new KerasFileError(`the file has no "${path}/${index}", the weights of ${variable.path}`);
    if (formatShape(array.shape) !== formatShape(variable.shape)) {
      throw new KerasFileError(
        `the weights of ${variable.path} have the shape ${formatShape(array.shape)} in the file ("${array.path}"); ` +
          `the model's configuration asks for ${formatShape(variable.shape)}`,
      );
    }
    variable.assign(float32Values(array));
  }
}

async function restoreState(
  model: Model,
  arrays: ReadonlyMap<string, WeightArray>,
  layers: readonly Layer[],
  device: Device | undefined,
): Promise<void> {
  const { compiled: trainer } = model;
  if (trainer === undefined) return;
  const trainable = new Set(model.trainableVariables);
  const order = layers.flatMap(({ variables }) => variables.filter((variable) => trainable.has(variable)));
  const values = optimizerValues(trainer.optimizer, arrays, order);
  if (values === undefined) return;
  const { parameters } = await engineOf(device);
  trainer.state.attach(parameters, model.trainableVariables);
  trainer.state.assign(values);
}
