/** From a backup back into a training. Everything is checked before anything is changed. */
import { formatShape, sameShape } from "../../graph/tensor-type.ts";
import type { TrainingView } from "../../nn/training/callback.ts";
import type { SlotValues } from "../../nn/training/optimizer-state.ts";
import type { Variable } from "../../nn/variable.ts";
import type { SafeTensor } from "../safetensors/safetensors.ts";
import { BackupError } from "./backup-error.ts";
import { statefulCallbacks, tensorNames } from "./backup-file.ts";
import type { Backup } from "./backup-file.ts";

/**
 * Puts a training where the backup left it.
 *
 * @param path for messages.
 * @throws BackupError when the backup is of another model, optimizer, seed, number of batches, or other callbacks.
 */
export async function restoreBackup(training: TrainingView, backup: Backup, path: string): Promise<void> {
  const { description } = backup;
  const refuse = (what: string, came: string | number, expected: string | number, advice: string): BackupError =>
    new BackupError(
      `the backup ${path} is of a training with ${what} ${came}, and this one has ${expected}; ${advice}`,
    );
  const { optimizer, optimizerState, model } = training;
  if (description.optimizer !== optimizer.className) {
    throw refuse("the optimizer", description.optimizer, optimizer.className, ADVICE);
  }
  if (description.seed !== training.seed)
    throw refuse("the seed", description.seed, training.seed, "give fit the same seed");
  const [savedSteps, steps] = [description.steps ?? "any number of", training.steps ?? "any number of"];
  if (savedSteps !== steps) throw refuse("batches in an epoch:", savedSteps, steps, "give the same data and batchSize");
  const callbacks = statefulCallbacks(training);
  const [saved, own] = [description.callbacks, callbacks].map((list) =>
    list.length === 0 ? "none" : list.map(({ name = "" }) => name).join(", "),
  ) as [string, string];
  if (saved !== own) throw refuse("the callbacks", saved, own, "give the same in the same order");
  const weights = takeVariables(training, backup, path);
  const slots = takeSlots(training, backup, path);

  for (const [index, variable] of model.variables.entries()) variable.assign(weights[index] as Float32Array);
  optimizerState.assign({ iterations: description.iterations, variables: slots });
  if (description.learningRate !== null) optimizer.learningRate = description.learningRate;
  for (const [index, callback] of callbacks.entries()) {
    const arrays = takeWhile((number) => backup.tensors.get(tensorNames.callback(index, number))?.data);
    const state = description.callbacks[index]?.state ?? null;
    if (state !== null) await callback.restoreState?.(state, arrays);
  }
  training.history.entries.push(...description.history);
  training.stopTraining = description.stopTraining;
  training.resumeAt(description.epoch, description.batch, description.figures ?? undefined);
}

const ADVICE = "build and compile the model as it was, or remove the backup to train anew";

function takeVariables({ model }: TrainingView, backup: Backup, path: string): Float32Array[] {
  const saved = namesIn(backup, "variables/");
  const { variables } = model;
  const own = variables.map((variable, index) => tensorNames.variable(index, variable));
  const values = variables.map((variable, index) => {
    const name = saved[index];
    const tensor = name === undefined ? undefined : backup.tensors.get(name);
    if (name === undefined || tensor === undefined || !fits(tensor, name, variable, own[index] as string)) {
      throw otherModel(path, `has ${describe(backup, name)} where model "${model.name}" has ${describeOwn(variable)}`);
    }
    return tensor.data;
  });
  const more = saved[variables.length];
  if (more !== undefined) throw otherModel(path, `has ${describe(backup, more)}, which model "${model.name}" lacks`);
  return values;
}

function takeSlots({ model, optimizer }: TrainingView, backup: Backup, path: string): SlotValues[] {
  const trainable = new Set(model.trainableVariables);
  const saved = namesIn(backup, "optimizer/");
  const taken = new Set<string>();
  const values = model.variables.flatMap((variable, index) => {
    const names = saved.filter((name) => name.startsWith(`optimizer/${index}/`));
    if (names.length === 0 && !trainable.has(variable)) return [];
    const slots = optimizer.slots.map((slot) => {
      const name = names.find((candidate) => candidate.endsWith(`/${slot}`));
      const tensor = name === undefined ? undefined : backup.tensors.get(name);
      if (name === undefined || tensor === undefined || !sameShape(tensor.shape, variable.shape)) {
        throw otherModel(path, `lacks what the optimizer ${optimizer.className} keeps as ${slot} of ${variable.path}`);
      }
      taken.add(name);
      return [slot, tensor.data] as const;
    });
    return [{ variable, slots: Object.fromEntries(slots) }];
  });
  const unknown = saved.find((name) => !taken.has(name));
  if (unknown === undefined) return values;
  throw otherModel(path, `has "${unknown}", which the optimizer ${optimizer.className} of this training does not keep`);
}

function otherModel(path: string, difference: string): BackupError {
  return new BackupError(`the backup ${path} is of another model or optimizer: it ${difference}; ${ADVICE}`);
}

function fits(tensor: SafeTensor, name: string, variable: Variable, own: string): boolean {
  return sameShape(tensor.shape, variable.shape) && withoutNumbers(name) === withoutNumbers(own);
}

/** Automatic names of layers end in numbers that depend on what was built before. */
function withoutNumbers(name: string): string {
  return name.replaceAll(/_\d+(?=\/)/gu, "");
}

function namesIn({ tensors }: Backup, start: string): string[] {
  const position = (name: string): number => Number(name.split("/")[1]);
  const names = [...tensors.keys()].filter((name) => name.startsWith(start));
  return names.toSorted((a, b) => position(a) - position(b));
}

function describe({ tensors }: Backup, name: string | undefined): string {
  if (name === undefined) return "nothing";
  const shape = tensors.get(name)?.shape ?? [];
  return `"${name.split("/").slice(2).join("/")}" ${formatShape(shape)}`;
}

function describeOwn({ path, shape }: Variable): string {
  return `"${path}" ${formatShape(shape)}`;
}

function takeWhile<T>(at: (index: number) => T | undefined): T[] {
  const values: T[] = [];
  for (let value = at(0); value !== undefined; value = at(values.length)) values.push(value);
  return values;
}
