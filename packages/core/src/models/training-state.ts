/** What the optimizers of a training keep, to go on with it later. */
import { GraphError } from "../graph/error.ts";
import type { JsonValue } from "../nn/keras-object.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import type { CustomTrainer } from "../nn/model/custom-trainer.ts";

export interface StepState {
  readonly name: string;
  /** Steps taken. */
  readonly iterations: number;
  /** What is kept of each variable, by slot, in the order of the step's variables. */
  readonly slots: readonly Readonly<Record<string, Float32Array>>[];
}

export interface TrainingState {
  /** Which part of the training it belongs to. */
  readonly phase: number;
  /** The epoch with which that part began, counted from 0. */
  readonly from: number;
  readonly steps: readonly StepState[];
  /** Where early stopping gives the best weights back: what it knows. */
  readonly stopping?: StoppingState | undefined;
}

export interface StoppingState {
  /** As the callback has it. */
  readonly state: JsonValue;
  /** Whether it has ended the part of the training. */
  readonly hasStopped: boolean;
  /** The best weights so far. */
  readonly best: readonly Float32Array[];
}

export function readTrainingState(
  { phase, from }: Pick<TrainingState, "phase" | "from">,
  trainer: CustomTrainer,
): TrainingState {
  const steps = trainer.steps.map(({ name, state, variables }) => {
    const { iterations, variables: kept } = state.read();
    const byVariable = new Map(kept.map(({ variable, slots }) => [variable, slots]));
    return { name, iterations, slots: variables().map((variable) => byVariable.get(variable) ?? {}) };
  });
  return { phase, from, steps };
}

/** @throws GraphError when the state is one of another training, or of another optimizer. */
export async function restoreTrainingState(trainer: CustomTrainer, { steps }: TrainingState): Promise<void> {
  await trainer.prepare();
  for (const [index, { name, state, variables, optimizer }] of trainer.steps.entries()) {
    const saved = steps[index];
    const trained = variables();
    if (saved?.name !== name || saved.slots.length !== trained.length) {
      throw new GraphError(
        `the state of the training is that of a step "${saved?.name}" with ${saved?.slots.length} variables, ` +
          `and the model trains "${name}" with ${trained.length}`,
      );
    }
    checkSlots(saved, optimizer);
    state.assign({
      iterations: saved.iterations,
      variables: trained.map((variable, place) => ({ variable, slots: saved.slots[place] ?? {} })),
    });
  }
}

function checkSlots({ slots: [first] }: StepState, { className, slots }: Optimizer): void {
  if (first === undefined) return;
  // Averages may begin in the midst of a training.
  const own = (names: readonly string[]): string => names.filter((slot) => slot !== "average").join(", ") || "nothing";
  const [kept, wanted] = [own(Object.keys(first).toSorted()), own([...slots].toSorted())];
  if (kept === wanted) return;
  throw new GraphError(
    `the saved training is that of an optimizer that keeps ${kept} of each variable; ${className} keeps ${wanted}. ` +
      "Go on with the same optimizer, or begin anew with initialEpoch 0",
  );
}
