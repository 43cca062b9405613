// Every layer that model files may name, exported and run in ONNX Runtime.
import { beforeEach, expect, test } from "vitest";
import { sameShape } from "../../graph/tensor-type.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { LAYER_EXAMPLES } from "../../nn/layers/testing/layer-examples.ts";
import type { LayerExample } from "../../nn/layers/testing/layer-contract.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { resetNames } from "../../nn/names.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { largestError } from "../../nn/testing/evaluate.ts";
import { exportOnnx, importOnnx, OnnxFileError } from "./index.ts";
import { differenceFromOnnxRuntime, fillVariables, randomInputs } from "./testing/compare-with-onnx-runtime.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";

useDefaultDevice(1);
beforeEach(() => {
  resetNames();
  setRandomSeed(5);
});

const examples = Object.entries(LAYER_EXAMPLES).flatMap(([className, list]) =>
  list.map((example, index) => [className, index + 1, example] as const),
);

function build({ make, inputs }: LayerExample): Model {
  const starts = inputs.map((shape) => input(shape));
  const built = model(starts, make()(starts));
  fillVariables(built);
  return built;
}

test.each(examples)("%s, example %i, computes the same in ONNX Runtime", async (_, __, example) => {
  const exported = build(example);
  for (const opset of [13, 18]) {
    expect(await differenceFromOnnxRuntime(exported, { opset }), `opset ${opset}`).toBeLessThan(1e-5);
  }
  await exported.dispose();
});

/** Layers that come back whatever their settings. */
const READ = new Set(
  [
    ["Add", "Average", "AveragePooling1D", "AveragePooling2D", "BatchNormalization", "Concatenate", "Conv1D", "Conv2D"],
    [
      "Conv2DTranspose",
      "Cropping2D",
      "Dense",
      "DepthwiseConv2D",
      "Dropout",
      "ELU",
      "Flatten",
      "GlobalAveragePooling2D",
    ],
    ["GlobalMaxPooling2D", "LeakyReLU", "MaxPooling2D", "Maximum", "Minimum", "Multiply", "Permute", "Rescaling"],
    ["Reshape", "SeparableConv2D", "Subtract", "UpSampling2D", "ZeroPadding2D"],
  ].flat(),
);

/** The model of an exported file, or why it cannot be read. */
function importedOrReason(file: Uint8Array): Model | OnnxFileError {
  try {
    return importOnnx(file);
  } catch (error) {
    if (error instanceof OnnxFileError) return error;
    throw error;
  }
}

test.each(examples)("%s, example %i, comes back, or the reason is given", async (className, _, example) => {
  const exported = build(example);
  const imported = importedOrReason(exportOnnx(exported));
  expect(imported instanceof OnnxFileError && READ.has(className), String(imported)).toBe(false);
  if (imported instanceof OnnxFileError) return;
  // A file does not tell features on the first axis from the channels of an image, which are put last.
  const isTurned = !sameShape(imported.inputs[0]!.shape, exported.inputs[0]!.shape);
  expect(isTurned).toBe(className === "BatchNormalization" && example.make().getConfig()["axis"] === 1);
  if (isTurned) return;
  const inputs = randomInputs(exported, 5);
  const difference = largestError(await imported.predict(inputs), await exported.predict(inputs), 1);
  expect(difference).toBeLessThan(1e-5);
  await exported.dispose();
  await imported.dispose();
});
