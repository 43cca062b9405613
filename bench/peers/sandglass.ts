/**
 * Sandglass itself. A training step is what `fit` does for each batch: the batch is gathered into the program's memory
 * and the trainer's `step` runs it. Inference is `predict`, with its checks of the data.
 */

import { adam, Device } from "@sandglass/core";
import core from "@sandglass/core/package.json" with { type: "json" };
import type { CustomTrainer, Model } from "@sandglass/core";
import type { SetupRequest } from "../protocol.ts";
import { autoencoderOf, type AutoencoderWorkload, type LossName, type Workload } from "../workloads.ts";
import { batches } from "./batches.ts";
import { build } from "./sandglass-model.ts";
import { ganTrainer, vaeTrainer } from "./sandglass-trainings.ts";
import { serve, type Peer } from "./serve.ts";

const LOSSES: Readonly<Record<LossName, string>> = {
  binaryCrossentropy: "binary_crossentropy",
  meanSquaredError: "mse",
};

async function create(workload: Workload, { batch, threads, mode }: SetupRequest): Promise<Peer> {
  const device = await Device.create({ threads });
  const data = joined(batches(workload, batch));
  const { trained, steps } =
    mode === "train" ? await training(workload, data, batch, device) : inference(workload, data, batch, device);

  return {
    numParameters: trained.trainableVariables.reduce(
      (sum, { shape }) => sum + shape.reduce((product, dim) => product * dim, 1),
      0,
    ),
    versions: { "@sandglass/core": core.version },
    ...steps,
  };
}

type Steps = Pick<Peer, "run" | "lastValue">;

interface Timed {
  readonly trained: Pick<Model, "trainableVariables">;
  readonly steps: Steps;
}

type CompiledTrainer = NonNullable<Model["compiled"]>;

function trainerOf(workload: Workload, device: Device): CompiledTrainer | CustomTrainer {
  if (workload.family === "vae") return vaeTrainer(workload, device);
  if (workload.family === "gan") return ganTrainer(workload, device);
  const { compiled } = autoencoder(workload, device);
  if (compiled === undefined) throw new Error("the model has not been compiled");
  return compiled;
}

function autoencoder({ input, layers, loss }: AutoencoderWorkload, device: Device): Model {
  const built = build(input, layers);
  built.compile({ optimizer: adam(), loss: LOSSES[loss], device });
  return built;
}

async function training(workload: Workload, data: Float32Array, batch: number, device: Device): Promise<Timed> {
  const trainer = trainerOf(workload, device);
  const examples = trainer.examples(data, workload.family === "autoencoder" ? data : undefined);
  const { program } = await trainer.trainingProgram(examples.kind, batch);
  const order = Uint32Array.from({ length: examples.count }, (_, index) => index);
  let from = 0;
  let loss = Number.NaN;
  const steps: Steps = {
    async run(count) {
      for (let i = 0; i < count; i++) {
        trainer.step(program, examples, { order, from, to: from + batch });
        loss = program.losses.reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0);
        from = (from + batch) % order.length;
      }
    },
    lastValue: async () => loss,
  };
  return { trained: trainer.model, steps };
}

function inference(workload: Workload, data: Float32Array, batch: number, device: Device): Timed {
  const trained = autoencoder(autoencoderOf(workload), device);
  const sizeOfBatch = batch * workload.input.reduce((product, dim) => product * dim, 1);
  const numBatches = data.length / sizeOfBatch;
  let output: Float32Array = new Float32Array();
  const steps: Steps = {
    async run(count) {
      for (let left = count; left > 0; left -= numBatches) {
        const some = data.subarray(0, Math.min(left, numBatches) * sizeOfBatch);
        output = await trained.predict(some, { batchSize: batch });
      }
    },
    lastValue: async () => output.reduce((sum, value) => sum + value, 0) / output.length,
  };
  return { trained, steps };
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
