import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { SymbolicTensor } from "../layers/layer.ts";
import type { Variable } from "../variable.ts";
import { arraySource, isBatchStream, streamSource } from "./batch-source.ts";
import type { BatchSource, BatchStream } from "./batch-source.ts";
import { CallbackList, endedBy } from "./callback.ts";
import type { CallbackOptions } from "./callback.ts";
import type { Engine } from "./engine.ts";
import { checkBatchSize, checkSteps, FittingProgram } from "./evaluate.ts";
import { toInputs } from "./examples.ts";
import type { Examples, ModelData } from "./examples.ts";
import type { ModelGraph } from "./model-graph.ts";
import { Pause } from "./pause.ts";
import type { ModelProgram } from "./model-program.ts";
import type { ProgramCache } from "./program-cache.ts";

export interface PredictOptions extends CallbackOptions {
  /** 32 unless given; of a stream, each batch is as large as it comes. */
  readonly batchSize?: number;
  /** How many batches to take, the first ones; all unless given. */
  readonly steps?: number;
  /** Ends it between two batches, with the signal's reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/** What predicts: a model, or any computation of its samples. */
export interface Predictor {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly { readonly shape: Shape }[];
  /** What it computes with. */
  readonly variables: readonly Variable[];
  /** Decides random numbers, where there are any; 0 unless given. */
  readonly seed?: number;
  graph(): ModelGraph;
}

/** The outputs for all samples of the inputs: one array for each output, sample after sample. */
export async function predict(
  model: Predictor,
  programs: ProgramCache,
  engine: Engine,
  x: ModelData | BatchStream,
  { batchSize = 32, steps, signal, callbacks = [] }: PredictOptions,
): Promise<Float32Array[]> {
  checkSteps({ steps });
  const source = isBatchStream(x)
    ? streamSource(x, (inputs) => inputsAlone(model, inputs), { steps })
    : arraySource(inputsAlone(model, x), { batchSize: checkBatchSize(batchSize), steps });
  for (const variable of model.variables) variable.attach(engine.parameters);
  const fitting = new FittingProgram((_, count) => programs.hold("predict", count, engine, () => model.graph()));
  try {
    return await run(model, source, fitting, new CallbackList([endedBy(signal), callbacks].flat()));
  } finally {
    await fitting.release();
    await source.close?.();
  }
}

async function run(
  model: Predictor,
  source: BatchSource,
  programs: FittingProgram<ModelProgram>,
  callbacks: CallbackList,
): Promise<Float32Array[]> {
  const pause = new Pause();
  const results = model.outputs.map(({ shape }) => new GrowingRows(sizeOf(shape)));
  let number = 0;
  await callbacks.notify((callback) => callback.onPredictBegin?.());
  for await (const { examples, batch } of source.epoch(0)) {
    const index = number++;
    const count = batch.to - batch.from;
    await callbacks.notify((callback) => callback.onPredictBatchBegin?.(index));
    const program = await programs.get(examples, count);
    program.run(examples, batch, { step: index, seed: model.seed ?? 0 });
    for (const [output, rows] of results.entries()) rows.add(program.predicted(output), count, examples.count);
    await callbacks.notify((callback) => callback.onPredictBatchEnd?.(index));
    if (pause.isDue) await pause.take();
  }
  await callbacks.notify((callback) => callback.onPredictEnd?.());
  return results.map((rows) => rows.values());
}

/** Inputs without targets. */
function inputsAlone(model: Predictor, x: ModelData): Examples {
  return { ...toInputs(model, x), targets: [], weights: [], kind: { targets: [], weighted: [] } };
}

/** Rows that come batch by batch, in an array with room for those that are known to come. */
class GrowingRows {
  readonly #size: number;
  #values = new Float32Array();
  #length = 0;

  /** @param size numbers in a row. */
  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Adds the first `count` rows.
   *
   * @param expected how many rows there will be at least.
   */
  add(rows: Float32Array, count: number, expected: number): void {
    const length = this.#length + count * this.#size;
    if (length > this.#values.length) {
      const isFirst = this.#length === 0;
      const grown = new Float32Array(isFirst ? Math.max(expected * this.#size, length) : 2 * length);
      grown.set(this.#values.subarray(0, this.#length));
      this.#values = grown;
    }
    this.#values.set(rows.subarray(0, count * this.#size), this.#length);
    this.#length = length;
  }

  values(): Float32Array {
    return this.#length === this.#values.length ? this.#values : this.#values.slice(0, this.#length);
  }
}
