/** Which of several arrays are the samples, which the labels: by their names, or because there is only one. */
import type { NpyDescription } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { SplitName } from "../registry.ts";
import { arrayMeaning, type ArrayMeaning, type ArrayRole } from "./array-roles.ts";
import { listArrays, type NamedArrays } from "./named-arrays.ts";

/** The arrays of one part. */
export interface ChosenArrays {
  readonly split: SplitName | undefined;
  readonly samples: string;
  readonly labels: string | undefined;
}

export interface ArrayChoice {
  /** One for each part, or one without a part. */
  readonly parts: readonly [ChosenArrays, ...ChosenArrays[]];
  /** The array with the names of the classes. */
  readonly classNames: string | undefined;
  /** What was left aside. */
  readonly notes: readonly string[];
}

interface NamedMeaning extends ArrayMeaning {
  readonly name: string;
}

const SPLITS: readonly SplitName[] = ["train", "validation", "test"];

/**
 * Chooses by the names that are in use: `x_train`, `y_train`, `test_images`, `test_labels`, `X`, `y`, `data`, `images`; a single array needs
 * none.
 *
 * @param chosen the array that the user named, if any: it is then the samples, of one piece.
 * @throws UserError that lists the arrays and says how to name one, when it is not clear which are the samples.
 */
export function chooseArrays(arrays: NamedArrays, chosen: string | undefined): ArrayChoice {
  const meanings = [...arrays.descriptions].flatMap(([name, description]): readonly NamedMeaning[] => {
    const meaning = arrayMeaning(name);
    return meaning !== undefined && fits(meaning.role, description) ? [{ ...meaning, name }] : [];
  });
  const notes: string[] = [];
  const part = (samples: string, split: SplitName | undefined): ChosenArrays => {
    const candidates = ofRole(meanings, "labels", split).filter(({ name }) => name !== samples);
    // A name that says nothing may stand for samples that the labels are not for.
    const isKnown = arrayMeaning(samples) !== undefined;
    const fitting = isKnown
      ? candidates
      : candidates.filter(({ name }) => count(arrays, name) === count(arrays, samples));
    return { split, samples, labels: likeliest(fitting, "labels", notes)?.name };
  };
  const classNames = likeliest(ofRole(meanings, "class names", undefined), "class names", notes)?.name;
  if (chosen !== undefined) {
    checkChosen(arrays, chosen);
    return { parts: [{ ...part(chosen, arrayMeaning(chosen)?.split), split: undefined }], classNames, notes };
  }
  const splits = SPLITS.filter((split) => ofRole(meanings, "samples", split).length > 0);
  const [first, ...others] = (splits.length > 0 ? splits : [undefined]).map((split) =>
    part(onlySamples(arrays, ofRole(meanings, "samples", split)), split),
  );
  return { parts: [first as ChosenArrays, ...others], classNames, notes };
}

/** Texts are no samples, and the names of classes are nothing else. */
function fits(role: ArrayRole, { dtype }: NpyDescription): boolean {
  if (dtype === undefined) return false;
  return role === "labels" || (dtype === "text") === (role === "class names");
}

function ofRole(
  meanings: readonly NamedMeaning[],
  role: ArrayRole,
  split: SplitName | undefined,
): readonly NamedMeaning[] {
  return meanings.filter((meaning) => meaning.role === role && meaning.split === split);
}

function likeliest(candidates: readonly NamedMeaning[], what: string, notes: string[]): NamedMeaning | undefined {
  const [best, ...others] = candidates.toSorted((one, other) => one.rank - other.rank);
  if (best !== undefined && others.length > 0) {
    notes.push(`${best.name} was taken for the ${what}, and ${others.map(({ name }) => name).join(", ")} left aside`);
  }
  return best;
}

function onlySamples(arrays: NamedArrays, candidates: readonly NamedMeaning[]): string {
  const [candidate, ...others] = candidates;
  if (candidate !== undefined && others.length === 0) return candidate.name;
  const [only, ...more] = arrays.descriptions.keys();
  if (only !== undefined && more.length === 0) return only;
  throw unclear(arrays, candidates);
}

function unclear(arrays: NamedArrays, candidates: readonly NamedMeaning[]): UserError {
  const { path, descriptions } = arrays;
  if (descriptions.size === 0) return new UserError(`${path} has no arrays; save some with numpy.savez(path, x=array)`);
  const names = candidates.length > 0 ? candidates.map(({ name }) => name) : [...descriptions.keys()];
  const problem =
    candidates.length > 0
      ? `has ${candidates.length} arrays that may be the samples`
      : `has ${descriptions.size} arrays, and the name of none says that it holds the samples (x, x_train, images, data)`;
  return new UserError(
    `${path} ${problem}: ${listArrays(arrays, names)}\nName the one to take: ${arrays.choiceOf(names[0] as string)}`,
    { exitCode: 2 },
  );
}

function count({ descriptions }: NamedArrays, name: string): number | undefined {
  return descriptions.get(name)?.shape[0];
}

function checkChosen(arrays: NamedArrays, chosen: string): void {
  if (arrays.descriptions.has(chosen)) return;
  throw new UserError(`${arrays.path} has no array "${chosen}"; it has ${listArrays(arrays)}`, { exitCode: 2 });
}
