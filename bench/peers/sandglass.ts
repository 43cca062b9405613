/**
 * Sandglass itself. A training step is what `fit` does for each batch: the batch is gathered into the program's memory
 * and `Trainer.step` runs it. Inference is `predict`, with its checks of the data.
 */

import { adam, Device, input, layers, model } from "@sandglass/core";
import core from "@sandglass/core/package.json" with { type: "json" };
import type { Model, SymbolicTensor } from "@sandglass/core";
import type { SetupRequest } from "../protocol.ts";
import { byKind, type LayerTable, type LossName, type Workload } from "../workloads.ts";
import { batches } from "./batches.ts";
import { serve, type Peer } from "./serve.ts";

const LOSSES: Readonly<Record<LossName, string>> = {
  binaryCrossentropy: "binary_crossentropy",
  meanSquaredError: "mse",
};

async function create(workload: Workload, { batch, threads, mode }: SetupRequest): Promise<Peer> {
  const device = await Device.create({ threads });
  const autoencoder = build(workload);
  autoencoder.compile({ optimizer: adam(), loss: LOSSES[workload.loss], device });
  const parts = batches(workload, batch);
  const data = joined(parts);
  const steps = mode === "train" ? await trainer(autoencoder, data, batch) : predictor(autoencoder, data, batch);

  return {
    numParameters: autoencoder.trainableVariables.reduce(
      (sum, { shape }) => sum + shape.reduce((product, dim) => product * dim, 1),
      0,
    ),
    versions: { "@sandglass/core": core.version },
    ...steps,
  };
}

type Steps = Pick<Peer, "run" | "lastValue">;

async function trainer(autoencoder: Model, data: Float32Array, batch: number): Promise<Steps> {
  const { compiled } = autoencoder;
  if (compiled === undefined) throw new Error("the model has not been compiled");
  const examples = compiled.examples(data, data);
  const { program } = await compiled.trainingProgram(examples.kind, batch);
  const order = Uint32Array.from({ length: examples.count }, (_, index) => index);
  let from = 0;
  let loss = Number.NaN;
  return {
    async run(steps) {
      for (let i = 0; i < steps; i++) {
        compiled.step(program, examples, { order, from, to: from + batch });
        loss = program.measured()[0]?.["mean"]?.[0] ?? Number.NaN;
        from = (from + batch) % order.length;
      }
    },
    lastValue: async () => loss,
  };
}

function predictor(autoencoder: Model, data: Float32Array, batch: number): Steps {
  const sizeOfSample = autoencoder.inputs[0]?.shape.reduce((product, dim) => product * dim, 1) ?? 0;
  const sizeOfBatch = batch * sizeOfSample;
  const numBatches = data.length / sizeOfBatch;
  let output: Float32Array = new Float32Array();
  return {
    async run(steps) {
      for (let left = steps; left > 0; left -= numBatches) {
        const some = data.subarray(0, Math.min(left, numBatches) * sizeOfBatch);
        output = await autoencoder.predict(some, { batchSize: batch });
      }
    },
    lastValue: async () => output.reduce((sum, value) => sum + value, 0) / output.length,
  };
}

const LAYERS: LayerTable<[], (value: SymbolicTensor) => SymbolicTensor> = {
  conv2d: ({ filters, kernelSize, ...options }) => layers.conv2d(filters, kernelSize, options),
  conv2dTranspose: ({ filters, kernelSize, ...options }) => layers.conv2dTranspose(filters, kernelSize, options),
  maxPool2d: ({ poolSize, padding }) => layers.maxPool2d(poolSize, { padding }),
  upSampling2d: ({ size }) => layers.upSampling2d(size),
  dense: ({ units, activation }) => layers.dense(units, { activation }),
};

function build(workload: Workload): Model {
  const sample = input([...workload.input]);
  let value: SymbolicTensor = sample;
  for (const layer of workload.layers) value = byKind(LAYERS, layer)(value);
  return model(sample, value);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

await serve(create);
