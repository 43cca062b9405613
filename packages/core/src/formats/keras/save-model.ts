import type { Model } from "../../nn/model/model.ts";
import type { CompiledTrainer } from "../../nn/training/compiled-trainer.ts";
import type { CompileDescription } from "./compile-config.ts";
import { describeModel } from "./describe-model.ts";
import { writeKerasFile } from "./keras-file.ts";
import { layerArrays, layerPlaces, trainedVariables } from "./layer-weights.ts";
import { writeLegacyModel } from "./legacy/write-model.ts";
import { modelConfig } from "./model-config.ts";
import { describeObjective } from "./objective-config.ts";
import { optimizerArrays } from "./optimizer-arrays.ts";

export interface SaveOptions {
  /** Whether to write how the model was compiled and its optimizer's state, so that training can go on; true unless given. */
  readonly includeOptimizer?: boolean;
  /** A `.keras` file unless given; `h5` is the older format, which every Keras 3 reads, too. */
  readonly format?: "keras" | "h5";
  /** Entries of a `.keras` file that Keras does not look at, by their names. */
  readonly extras?: Readonly<Record<string, Uint8Array>>;
}

/**
 * The model as the bytes of a `.keras` file, which Keras 3 opens: layers, weights and, if the model was compiled, the
 * optimizer with its state. The same bytes for the same model. Metrics of one's own are left out.
 *
 * @throws KerasFileError when the model holds what such a file cannot: a loss of one's own, a layer in two places.
 * @example
 * await writeFile("model.keras", await saveModel(autoencoder));
 * await writeFile("model.h5", await saveModel(autoencoder, { format: "h5" }));
 */
export async function saveModel(model: Model, options: SaveOptions = {}): Promise<Uint8Array> {
  const { includeOptimizer = true, format = "keras", extras } = options;
  const trainer = includeOptimizer ? model.compiled : undefined;
  const compiled = trainer && describeCompiled(trainer);
  const description = describeModel(model);
  const places = layerPlaces(model, description);
  const state =
    trainer === undefined
      ? []
      : optimizerArrays(trainer.optimizer, trainer.state.read(), trainedVariables(model, places));
  if (format === "h5") return writeLegacyModel(model, { description, compiled, state });
  return writeKerasFile({
    config: modelConfig(description, compiled),
    weights: [...layerArrays(places), ...state],
    ...(extras && { extras }),
  });
}

function describeCompiled({ optimizer, objective }: CompiledTrainer): CompileDescription {
  return {
    optimizer: { className: optimizer.className, config: optimizer.getConfig() },
    ...describeObjective(objective),
  };
}
