/** A model in every format, with what it predicts and the losses of its next steps. */

import { exportOnnx, resetNames, saveModel, saveWeights, saveWeightsSafetensors, setRandomSeed } from "@sandglass/core";
import type { Device, Layer, Model } from "@sandglass/core";
import { encodeArrays, encodeJson } from "./exchange.ts";
import type { FolderFiles, Manifest } from "./exchange.ts";
import { dataFor, valuesOf } from "./model-data.ts";
import type { InteropModel } from "./models.ts";
import { trainSteps } from "./train-steps.ts";

const STEPS_BEFORE = 3;

/** @param device one that is deterministic, so that the files are the same on every machine. */
export async function writtenFiles(name: string, description: InteropModel, device: Device): Promise<FolderFiles> {
  resetNames();
  setRandomSeed(11);
  const model = description.build();
  model.compile({ ...description.compile(), device });
  const data = dataFor(model, description.targets);
  await trainSteps(model, data, STEPS_BEFORE);

  const predictions = (await model.predictAll(valuesOf(data.inputs))).map((values, index) => ({
    shape: [data.inputs[0]?.shape[0] ?? 0, ...(model.outputs[index]?.shape ?? [])],
    data: values,
  }));
  const files = new Map<string, Uint8Array>([
    ...encodeArrays("inputs", data.inputs),
    ...encodeArrays("targets", data.targets),
    ...encodeArrays("predictions", predictions),
    ["model.keras", await saveModel(model)],
    ["model.weights.h5", await saveWeights(model)],
    ["model.safetensors", saveWeightsSafetensors(model)],
    ["model.onnx", exportOnnx(model)],
  ]);
  if (description.withoutH5 === undefined) files.set("model.h5", await saveModel(model, { format: "h5" }));
  const manifest: Manifest = {
    name,
    classNames: [...new Set(classNamesOf(model))].toSorted(),
    isRandom: description.isRandom ?? false,
    losses: await trainSteps(model, data),
  };
  files.set("manifest.json", encodeJson(manifest));
  await model.dispose();
  return files;
}

/** Keras's classes of all layers, those of models within included. */
function classNamesOf(model: Model): string[] {
  return model.layers.flatMap((layer: Layer) => ("layers" in layer ? classNamesOf(layer as Model) : [layer.className]));
}
