/** Which samples in memory are trained on, and which are held back to validate with. */
import { select, split, splitNumbers, type AnyDataset, type Dataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { missingClassNotes } from "./missing-class-notes.ts";
import type { SplitRule } from "./source-kind.ts";

export interface SampleParts {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
}

/** Parts of one set, and which of its samples they have, in their order. */
export interface DividedSamples extends SampleParts {
  readonly numbers: { readonly training: Uint32Array; readonly validation: Uint32Array };
}

/** How samples are held back where the user does not say: of each class as much where that can be, else at random. */
export function ownRule({ count, labels }: Dataset, validation: number): SplitRule {
  if (labels === undefined) return "random";
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  // The only sample of a class is one to train on.
  const alone = [...counts.values()].filter((samples) => samples === 1).length;
  const held = validation < 1 ? Math.ceil(validation * count) : validation;
  return count - alone > held ? "stratified" : "random";
}

/**
 * Holds samples back.
 *
 * @param validation how many, or which share.
 * @throws UserError when they are to be held back by class, and have no labels.
 * @throws DatasetError when none would be left to train on.
 */
export function divideSamples(data: Dataset, validation: number, rule: SplitRule, seed: number): DividedSamples {
  if (rule === "last") {
    const parts = split(data, { validation });
    const { count } = parts.training;
    const all = Uint32Array.from({ length: data.count }, (_, number) => number);
    return { ...parts, numbers: { training: all.subarray(0, count), validation: all.subarray(count) } };
  }
  const { labels } = data;
  if (rule === "stratified" && labels === undefined) {
    throw new UserError(`--split stratified needs labels, and ${data.name} has none`, { exitCode: 2 });
  }
  const numbers = splitNumbers(data.count, { validation, seed, ...(rule === "stratified" && { labels }) });
  return { training: select(data, numbers.training), validation: select(data, numbers.validation), numbers };
}

interface LabelledParts {
  readonly training: Pick<AnyDataset, "labels" | "classNames">;
  readonly validation?: Pick<AnyDataset, "labels"> | undefined;
}

/** Says which classes are in one part alone. */
export function missingClassesOf({ training, validation }: LabelledParts): readonly string[] {
  if (training.labels === undefined || validation?.labels === undefined) return [];
  const nameOf = (label: string | number): string => training.classNames?.[Number(label)] ?? String(label);
  return missingClassNotes(training.labels, validation.labels, nameOf);
}
