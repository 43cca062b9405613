import { describeUnknown } from "../nearest-name.ts";

/** Something for each of several inputs or outputs: a list in their order, or an object by their names. */
export type PerName<T> = readonly (T | undefined)[] | Readonly<Record<string, T>>;

/** The errors for what does not fit the names. */
export interface PerNameErrors {
  ofLength(length: number): Error;
  /** @param unknown `"lft"; did you mean "left"? Known: …` */
  ofName(unknown: string): Error;
}

/** What is given for each of `names`; undefined where nothing is. */
export function perName<T>(
  given: PerName<T>,
  names: readonly string[],
  { ofLength, ofName }: PerNameErrors,
): readonly (T | undefined)[] {
  if (Array.isArray(given)) {
    if (given.length === names.length) return given as readonly (T | undefined)[];
    throw ofLength(given.length);
  }
  const named = given as Readonly<Record<string, T>>;
  const unknown = Object.keys(named).find((name) => !names.includes(name));
  if (unknown !== undefined) throw ofName(describeUnknown(unknown, names));
  return names.map((name) => named[name]);
}
