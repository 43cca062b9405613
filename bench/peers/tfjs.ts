/**
 * TensorFlow.js with its layers API: `--backend=cpu` (plain JavaScript) or `--backend=wasm`.
 *
 * Both run on one thread in Node: the CPU backend has no threads, and the WASM backend switches its own off there.
 * The WASM backend lacks kernels that training needs, such as `Conv2DBackpropFilter`; the setup's trial step finds
 * that out, and the library's own message becomes the reason in the results.
 */

import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import type { SetupRequest } from "../protocol.ts";
import {
  autoencoderOf,
  byKind,
  type AutoencoderLayerSpec,
  type ConvolutionSpec,
  type LayerTable,
  type Workload,
} from "../workloads.ts";
import { batches } from "./batches.ts";
import { serve, type Peer } from "./serve.ts";

const LOSSES = { binaryCrossentropy: "binaryCrossentropy", meanSquaredError: "meanSquaredError" } as const;

async function create(anyWorkload: Workload, { batch, mode }: SetupRequest): Promise<Peer> {
  const workload = autoencoderOf(anyWorkload);
  const backend = process.argv.includes("--backend=wasm") ? "wasm" : "cpu";
  if (backend === "wasm") {
    const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(entry), sep));
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend "${backend}" here`);
  tf.enableProdMode();

  const model = tf.sequential();
  workload.layers.forEach((layer, index) => {
    model.add(byKind(LAYERS, layer, index === 0 ? { inputShape: [...workload.input] } : {}));
  });
  model.compile({ optimizer: tf.train.adam(), loss: LOSSES[workload.loss] });

  const inputs = batches(workload, batch).map((values) => tf.tensor(values, [batch, ...workload.input]));
  const trainStep = async (input: tf.Tensor): Promise<number> => (await model.trainOnBatch(input, input)) as number;
  const inferStep = async (input: tf.Tensor): Promise<number> => {
    const output = model.predictOnBatch(input) as tf.Tensor;
    const first = (await output.data())[0] as number;
    output.dispose();
    return first;
  };
  const step = mode === "train" ? trainStep : inferStep;

  let nextBatch = 0;
  let value = Number.NaN;
  return {
    numParameters: model.countParams(),
    versions: { "@tensorflow/tfjs": tf.version.tfjs, ...(backend === "wasm" && { "tfjs-backend-wasm": version_wasm }) },
    async run(steps) {
      for (let i = 0; i < steps; i++) {
        value = await step(inputs[nextBatch] as tf.Tensor);
        nextBatch = (nextBatch + 1) % inputs.length;
      }
    },
    lastValue: async () => value,
  };
}

/** What only the first layer of a model is told. */
interface First {
  inputShape?: number[];
}

const LAYERS: LayerTable<[first: First], tf.Layer, AutoencoderLayerSpec> = {
  conv2d: (layer, first) => tf.layers.conv2d({ ...first, ...convolution(layer) }),
  conv2dTranspose: (layer, first) => tf.layers.conv2dTranspose({ ...first, ...convolution(layer) }),
  maxPool2d: ({ poolSize, padding }, first) => tf.layers.maxPooling2d({ ...first, poolSize, padding }),
  upSampling2d: ({ size }, first) => tf.layers.upSampling2d({ ...first, size: [size, size] }),
  dense: ({ units, activation }, first) => tf.layers.dense({ ...first, units, ...(activation && { activation }) }),
};

function convolution({ filters, kernelSize, strides, padding, activation }: ConvolutionSpec): tf.Convolution {
  return { filters, kernelSize, strides, padding, ...(activation && { activation }) };
}

await serve(create);
