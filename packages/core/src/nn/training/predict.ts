import { GraphError } from "../../graph/error.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { CallbackList } from "../callbacks/callback.ts";
import type { Callback } from "../callbacks/callback.ts";
import { toRows } from "./data.ts";
import type { DataLike } from "./data.ts";
import type { Engine } from "./engine.ts";
import { checkBatchSize } from "./evaluate.ts";
import { predictionGraph } from "./model-graph.ts";
import type { TrainableModel } from "./model-graph.ts";
import { Pause } from "./pause.ts";
import type { ProgramCache } from "./program-cache.ts";

export interface PredictOptions {
  /** 32 unless given. */
  readonly batchSize?: number;
  readonly callbacks?: readonly Callback[];
}

/** The model's outputs for all samples of its inputs: one array for each output, sample after sample. */
export async function predict(
  model: TrainableModel,
  programs: ProgramCache,
  engine: Engine,
  inputs: readonly DataLike[],
  { batchSize: given = 32, callbacks = [] }: PredictOptions,
): Promise<Float32Array[]> {
  const wanted = checkBatchSize(given);
  if (inputs.length !== model.inputs.length) {
    throw new GraphError(`model "${model.name}" has ${model.inputs.length} inputs; ${inputs.length} came`);
  }
  const rows = model.inputs.map(({ shape, layer }, index) => toRows(layer.name, inputs[index] as DataLike, shape));
  const counts = new Set(rows.map(({ count }) => count));
  const [count = 0] = counts;
  if (counts.size > 1)
    throw new GraphError(`the inputs have ${[...counts].join(" and ")} samples; give as many of each`);
  for (const variable of model.variables) variable.attach(engine.parameters);
  const batchSize = Math.min(wanted, count);
  const program = await programs.get("predict", batchSize, engine, () => predictionGraph(model));
  const sizes = model.outputs.map(({ shape }) => sizeOf(shape));
  const results = sizes.map((size) => new Float32Array(count * size));
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const list = new CallbackList(callbacks);
  const pause = new Pause();
  await list.notify((callback) => callback.onPredictBegin?.());
  for (let from = 0, batch = 0; from < count; from += batchSize, batch++) {
    const to = Math.min(from + batchSize, count);
    await list.notify((callback) => callback.onPredictBatchBegin?.(batch));
    program.run(rows, undefined, { order, from, to });
    for (const [index, size] of sizes.entries()) {
      results[index]?.set(program.rows(String(index)).subarray(0, (to - from) * size), from * size);
    }
    await list.notify((callback) => callback.onPredictBatchEnd?.(batch));
    if (pause.isDue) await pause.take();
  }
  await list.notify((callback) => callback.onPredictEnd?.());
  return results;
}
