/** A part of a training that is solved in one go. It is told of as an epoch of one step. */
import { representativeSamples } from "../data/streamed-dataset.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import type { Logs } from "../nn/logs.ts";
import { withProgressLine } from "../nn/callbacks/progress-line.ts";
import type { CallbackOptions } from "../nn/training/callback.ts";
import type { SolvedPhase } from "./model-family.ts";
import type { TrainingPlan } from "./train-phases.ts";

/**
 * Solves the phase, and prints the line that the plan asks for.
 *
 * @returns its figures; undefined where the plan's signal was aborted first, and the model is as it was.
 */
export async function solvePhase(
  phase: SolvedPhase,
  data: AnyDataset,
  validation: AnyDataset | undefined,
  { verbose, signal, device }: TrainingPlan,
): Promise<Logs | undefined> {
  const { callbacks = [] }: CallbackOptions = withProgressLine<CallbackOptions>({ verbose });
  const lines = [callbacks].flat();
  for (const line of lines) await line.onEpochBegin?.(0);
  try {
    signal?.throwIfAborted();
    const held = validation && (await representativeSamples(validation));
    const logs = await phase.solve(await representativeSamples(data), held, { device, signal });
    for (const line of lines) {
      await line.onTrainBatchEnd?.(0, logs);
      await line.onEpochEnd?.(0, logs);
    }
    return logs;
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) return undefined;
    throw error;
  }
}
