import { sizeOf } from "../../graph/tensor-type.ts";
import { CallbackList } from "./callback.ts";
import type { CallbackOptions } from "./callback.ts";
import { wholeBatch } from "./batch-source.ts";
import type { Engine } from "./engine.ts";
import { checkBatchSize } from "./evaluate.ts";
import { toInputs } from "./examples.ts";
import type { ModelData } from "./examples.ts";
import { predictionGraph } from "./model-graph.ts";
import type { TrainableModel } from "./model-graph.ts";
import { Pause } from "./pause.ts";
import type { ProgramCache } from "./program-cache.ts";

export interface PredictOptions extends CallbackOptions {
  /** 32 unless given. */
  readonly batchSize?: number;
}

/** The model's outputs for all samples of its inputs: one array for each output, sample after sample. */
export async function predict(
  model: TrainableModel,
  programs: ProgramCache,
  engine: Engine,
  x: ModelData,
  { batchSize: given = 32, callbacks = [] }: PredictOptions,
): Promise<Float32Array[]> {
  const wanted = checkBatchSize(given);
  const { inputs, count } = toInputs(model, x);
  for (const variable of model.variables) variable.attach(engine.parameters);
  const batchSize = Math.min(wanted, count);
  const { program, release } = await programs.hold("predict", batchSize, engine, () => predictionGraph(model));
  const sizes = model.outputs.map(({ shape }) => sizeOf(shape));
  const results = sizes.map((size) => new Float32Array(count * size));
  const { order } = wholeBatch(count);
  const list = new CallbackList(callbacks);
  const pause = new Pause();
  try {
    await list.notify((callback) => callback.onPredictBegin?.());
    for (let from = 0, batch = 0; from < count; from += batchSize, batch++) {
      const to = Math.min(from + batchSize, count);
      await list.notify((callback) => callback.onPredictBatchBegin?.(batch));
      program.run({ inputs }, { order, from, to });
      for (const [index, size] of sizes.entries()) {
        results[index]?.set(program.predicted(index).subarray(0, (to - from) * size), from * size);
      }
      await list.notify((callback) => callback.onPredictBatchEnd?.(batch));
      if (pause.isDue) await pause.take();
    }
  } finally {
    await release();
  }
  await list.notify((callback) => callback.onPredictEnd?.());
  return results;
}
