import { CallbackList, endedBy } from "./callback.ts";
import type { CallbackOptions } from "./callback.ts";
import type { Logs } from "../logs.ts";
import { arraySource, isBatchStream, streamSource } from "./batch-source.ts";
import type { BatchSource, BatchStream } from "./batch-source.ts";
import type { Examples, ModelData, WeightOptions } from "./examples.ts";
import { FigureSums } from "./figures.ts";
import type { ExamplesKind } from "./model-graph.ts";
import { Pause } from "./pause.ts";
import type { Trainer } from "./trainer.ts";

export interface EvaluateOptions extends WeightOptions, CallbackOptions {
  /** 32 unless given; of a stream, each batch is as large as it comes. */
  readonly batchSize?: number;
  /** How many batches to take, the first ones; all unless given. */
  readonly steps?: number;
  /** Ends it between two batches, with the signal's reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

/** Loss and metrics over all samples. */
export async function evaluate(
  trainer: Trainer,
  x: ModelData | BatchStream,
  y: ModelData | undefined,
  { batchSize = 32, steps, signal, callbacks = [], ...weights }: EvaluateOptions,
): Promise<Logs> {
  checkSteps({ steps });
  const source = isBatchStream(x)
    ? streamSource(x, (...batch) => trainer.examples(...batch), { steps, classWeight: weights.classWeight })
    : arraySource(trainer.examples(x, y, weights), { batchSize: checkBatchSize(batchSize), steps });
  try {
    return await measure(trainer, source, new CallbackList([endedBy(signal), callbacks].flat()), new Pause());
  } finally {
    await source.close?.();
  }
}

/** The same for batches that have been checked. */
export async function measure(
  trainer: Trainer,
  source: BatchSource,
  callbacks: CallbackList,
  pause: Pause,
): Promise<Logs> {
  const programs = new FittingProgram((examples, count) => trainer.evaluationProgram(examples.kind, count));
  let sums: FigureSums | undefined;
  let number = 0;
  await callbacks.notify((callback) => callback.onTestBegin?.());
  try {
    for await (const { examples, batch } of source.epoch(0)) {
      const count = batch.to - batch.from;
      const index = number++;
      await callbacks.notify((callback) => callback.onTestBatchBegin?.(index));
      const program = await programs.get(examples, count);
      program.run(examples, batch, { step: index });
      sums ??= new FigureSums(program.figures);
      sums.add(program.measured(), count);
      const logs = sums;
      await callbacks.notify((callback) => callback.onTestBatchEnd?.(index, logs.values));
      if (pause.isDue) await pause.take();
    }
  } finally {
    await programs.release();
  }
  const logs = sums?.values ?? {};
  await callbacks.notify((callback) => callback.onTestEnd?.(logs));
  return logs;
}

interface Held<Program> {
  readonly program: Program;
  release(): Promise<void>;
}

/** The program of the batches before, as long as they fit it: the last batch of an epoch may be smaller. It is held until released. */
export class FittingProgram<Program> {
  readonly #hold: (examples: Examples, count: number) => Promise<Held<Program>>;
  #current: { readonly held: Held<Program>; readonly kind: ExamplesKind; readonly size: number } | undefined;

  constructor(hold: (examples: Examples, count: number) => Promise<Held<Program>>) {
    this.#hold = hold;
  }

  async get(examples: Examples, count: number): Promise<Program> {
    const current = this.#current;
    const { kind } = examples;
    const isFitting = current !== undefined && count <= current.size;
    // Examples of one array have one kind; those of a stream are compared.
    if (isFitting && (current.kind === kind || JSON.stringify(current.kind) === JSON.stringify(kind))) {
      return current.held.program;
    }
    await this.release();
    const held = await this.#hold(examples, count);
    this.#current = { held, kind, size: count };
    return held.program;
  }

  async release(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await current?.held.release();
  }
}

/** @throws RangeError unless the size is a whole number from 1 on. */
export function checkBatchSize(batchSize: number): number {
  if (Number.isInteger(batchSize) && batchSize > 0) return batchSize;
  throw new RangeError(`batchSize must be a whole number from 1 on; ${batchSize} came`);
}

/** @throws RangeError unless each number of batches is a whole number from 1 on, or not given. */
export function checkSteps(numbers: Readonly<Record<string, number | undefined>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value === undefined || (Number.isInteger(value) && value > 0)) continue;
    throw new RangeError(`${name} must be a whole number of batches from 1 on; ${value} came`);
  }
}
