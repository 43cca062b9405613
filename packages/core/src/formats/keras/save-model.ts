import type { Model } from "../../nn/model/model.ts";
import type { Trainer } from "../../nn/training/trainer.ts";
import type { CompileDescription } from "./compile-config.ts";
import { describeModel, layerAt } from "./describe-model.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { writeKerasFile } from "./keras-file.ts";
import { modelConfig } from "./model-config.ts";
import { optimizerArrays } from "./optimizer-arrays.ts";
import { placeWeights } from "./weight-paths.ts";

export interface SaveOptions {
  /** Whether to write how the model was compiled and its optimizer's state, so that training can go on; true unless given. */
  readonly includeOptimizer?: boolean;
}

/**
 * The model as the bytes of a `.keras` file, which Keras 3 opens: layers, weights and, if the model was compiled, the
 * optimizer with its state. The same bytes for the same model.
 *
 * @throws KerasFileError when the model holds what such a file cannot: a loss of one's own, a layer in two places.
 * @example
 * await writeFile("model.keras", await saveModel(autoencoder));
 */
export async function saveModel(model: Model, { includeOptimizer = true }: SaveOptions = {}): Promise<Uint8Array> {
  const description = describeModel(model);
  const placed = placeWeights(description).map(({ names, path }) => ({ layer: layerAt(model, names), path }));
  const weights = placed.flatMap(({ layer, path }) =>
    layer.variables.map((variable, index) => ({
      path: `${path}/${index}`,
      shape: variable.shape,
      data: variable.read(),
    })),
  );
  const trainer = includeOptimizer ? model.compiled : undefined;
  if (trainer === undefined) return writeKerasFile({ config: modelConfig(description), weights });
  const trainable = new Set(model.trainableVariables);
  const order = placed.flatMap(({ layer }) => layer.variables.filter((variable) => trainable.has(variable)));
  return writeKerasFile({
    config: modelConfig(description, describeCompiled(trainer)),
    weights: [...weights, ...optimizerArrays(trainer.optimizer, trainer.state.read(), order)],
  });
}

function describeCompiled({ optimizer, objective }: Trainer): CompileDescription {
  const [{ loss, metrics } = { metrics: [] }] = objective;
  if (loss === undefined || objective.length > 1)
    throw new KerasFileError("models with several outputs cannot be written with their losses");
  if (loss.className === "Custom") {
    throw new KerasFileError(
      `the loss "${loss.name}" is a function, which a file cannot hold; use one of Sandglass's losses, ` +
        "or write the model alone: saveModel(model, { includeOptimizer: false })",
    );
  }
  return {
    optimizer: { className: optimizer.className, config: optimizer.getConfig() },
    loss: { className: loss.className, config: { name: loss.name, ...loss.config } },
    metrics: metrics.map(({ name }) => name),
  };
}
