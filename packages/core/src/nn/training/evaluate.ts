import { CallbackList } from "../callbacks/callback.ts";
import type { Callback } from "../callbacks/callback.ts";
import type { DataLike } from "./data.ts";
import { Pause } from "./pause.ts";
import { RunningMean } from "./running-mean.ts";
import type { Logs } from "../logs.ts";
import type { Examples, Trainer } from "./trainer.ts";

export interface EvaluateOptions {
  /** 32 unless given. */
  readonly batchSize?: number;
  readonly callbacks?: readonly Callback[];
}

/** Loss and metrics, averaged over all samples. */
export async function evaluate(
  trainer: Trainer,
  x: DataLike,
  y: DataLike,
  { batchSize = 32, callbacks = [] }: EvaluateOptions,
): Promise<Logs> {
  const size = checkBatchSize(batchSize);
  return measure(trainer, trainer.examples(x, y), size, new CallbackList(callbacks), new Pause());
}

/** The same for examples that have been checked. */
export async function measure(
  trainer: Trainer,
  examples: Examples,
  batchSize: number,
  callbacks: CallbackList,
  pause: Pause,
): Promise<Logs> {
  const { x, y, kind } = examples;
  const program = await trainer.evaluationProgram(kind, Math.min(batchSize, x.count));
  const order = Uint32Array.from({ length: x.count }, (_, index) => index);
  const mean = new RunningMean();
  await callbacks.notify((callback) => callback.onTestBegin?.());
  for (let from = 0, batch = 0; from < x.count; from += batchSize, batch++) {
    const to = Math.min(from + batchSize, x.count);
    await callbacks.notify((callback) => callback.onTestBatchBegin?.(batch));
    program.run([x], y, { order, from, to });
    mean.add(program.figures(), to - from);
    await callbacks.notify((callback) => callback.onTestBatchEnd?.(batch, mean.values));
    if (pause.isDue) await pause.take();
  }
  await callbacks.notify((callback) => callback.onTestEnd?.(mean.values));
  return mean.values;
}

/** @throws RangeError unless the size is a whole number from 1 on. */
export function checkBatchSize(batchSize: number): number {
  if (Number.isInteger(batchSize) && batchSize > 0) return batchSize;
  throw new RangeError(`batchSize must be a whole number from 1 on; ${batchSize} came`);
}
