/** Builds the layers of a workload with Sandglass. */

import { input, layers, model } from "@sandglass/core";
import type { Model, SymbolicTensor } from "@sandglass/core";
import { byKind, type LayerSpec, type LayerTable } from "../workloads.ts";

const LAYERS: LayerTable<[], (value: SymbolicTensor) => SymbolicTensor> = {
  conv2d: ({ filters, kernelSize, ...options }) => layers.conv2d(filters, kernelSize, options),
  conv2dTranspose: ({ filters, kernelSize, ...options }) => layers.conv2dTranspose(filters, kernelSize, options),
  maxPool2d: ({ poolSize, padding }) => layers.maxPool2d(poolSize, { padding }),
  upSampling2d: ({ size }) => layers.upSampling2d(size),
  dense: ({ units, ...options }) => layers.dense(units, options),
  leakyRelu: ({ negativeSlope }) => layers.leakyRelu({ negativeSlope }),
  flatten: () => layers.flatten(),
  reshape: ({ targetShape }) => layers.reshape([...targetShape]),
};

/** The layers one after the other, from samples of the shape. */
export function build(shape: readonly number[], specs: readonly LayerSpec[]): Model {
  const sample = input([...shape]);
  return model(
    sample,
    specs.reduce<SymbolicTensor>((value, layer) => byKind(LAYERS, layer)(value), sample),
  );
}
