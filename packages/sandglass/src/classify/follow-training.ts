/** Follows the training of a classifier: reports it, and notes its figures and phases. */
import type { Callback, classify, PhaseSpan } from "@sandglass/core";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { TrainingPhase } from "../runs/run-record.ts";
import type { TrainingProgress } from "../training/train.ts";
import type { ClassifierRecord } from "./classifier-record.ts";

export interface TrainingWatch {
  callbacks(span: PhaseSpan): readonly Callback[];
  outcome(): {
    readonly history: readonly EpochFigures[];
    readonly result: Omit<ClassifierRecord["result"], "temperature">;
  };
}

export function followTraining(
  count: number,
  { epochs, batchSize, fineTuning }: classify.ClassifierTraining,
  progress: TrainingProgress,
): TrainingWatch {
  const history: EpochFigures[] = [];
  const phases: { name: string; epochs: number }[] = [];
  const started = performance.now();
  const total = epochs + (fineTuning?.epochs ?? 0);
  progress.begin?.({ firstEpoch: 1, epochs: total, steps: Math.ceil(count / batchSize) });
  return {
    callbacks({ name, from, isLast }) {
      const phase = { name, epochs: 0 };
      const isOnly = from === 0 && isLast;
      phases.push(phase);
      return [
        {
          onTrainBatchEnd: (batch, figures) => progress.step?.(history.length + 1, batch + 1, figures),
          onEpochEnd: (_, figures) => {
            history.push({ ...figures });
            phase.epochs++;
            progress.epoch?.(history.length, figures, isOnly ? undefined : name);
          },
        },
      ];
    },
    outcome() {
      const seconds = (performance.now() - started) / 1000;
      const done: readonly TrainingPhase[] = phases.filter((phase) => phase.epochs > 0);
      return {
        history,
        result: {
          epochs: history.length,
          ...(done.length > 1 && { phases: done }),
          seconds,
          samplesPerSecond: (count * history.length) / seconds,
          figures: history.at(-1) ?? {},
        },
      };
    },
  };
}
