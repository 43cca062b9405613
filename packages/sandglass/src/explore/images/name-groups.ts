/**
 * Groups that the names of files speak of: `person12_bacteria_3.jpeg` and `person12_bacteria_4.jpeg` are probably of one person. Images of one
 * group in two parts make a model look better than it is.
 */
import { isForTraining, type Picture } from "./picture-set.ts";

export interface FoundGroups {
  /** What `--group` takes. */
  readonly pattern: string;
  readonly groups: number;
  /** How many images have a group. */
  readonly images: number;
  /** Groups with images in several parts of the set. */
  readonly shared: number;
  /** Whether the user named the pattern; else it is a guess. */
  readonly isGiven: boolean;
}

/** Fewer groups are kinds of images rather than things that were photographed. */
const FEWEST_GROUPS = 10;
/** The share of all images that a pattern must be found in to be worth a word. */
const LEAST_SHARE = 0.05;
/** Images of a group in the mean. */
const [LEAST_SIZE, MOST_SIZE] = [1.1, 50];
/** The largest group may have this share of all images that are in groups. */
const LARGEST_SHARE = 0.1;
/** Patterns are not looked for in more names than that. */
const MOST_NAMES = 20_000;

/** Looks for a word and a number that several names begin with, and that are followed by something else. */
export function guessGroups(pictures: readonly Picture[]): FoundGroups | undefined {
  const names = pictures.slice(0, MOST_NAMES).map(baseName);
  const words = new Map<string, number>();
  for (const name of names) {
    const word = /^(\D{0,20})\d+[_\-. ]+./u.exec(name.replace(/\.[^.]*$/u, ""))?.[1];
    if (word !== undefined) words.set(word, (words.get(word) ?? 0) + 1);
  }
  const found = [...words]
    .filter(([, count]) => count >= LEAST_SHARE * names.length)
    .map(([word]) => countGroups(pictures, `^(${escape(word)}\\d+)`))
    .filter(({ images, groups, largest }) => {
      const size = images / groups;
      return groups >= FEWEST_GROUPS && size >= LEAST_SIZE && size <= MOST_SIZE && largest <= LARGEST_SHARE * images;
    })
    .toSorted((a, b) => b.images - a.images)[0];
  if (found === undefined) return undefined;
  const { largest: _, ...groups } = found;
  return { ...groups, isGiven: false };
}

/** The groups of a pattern that the user named, which is a regular expression by then. */
export function givenGroups(pictures: readonly Picture[], pattern: string): FoundGroups {
  const { largest: _, ...groups } = countGroups(pictures, pattern);
  return { ...groups, isGiven: true };
}

function countGroups(
  pictures: readonly Picture[],
  pattern: string,
): Omit<FoundGroups, "isGiven"> & { readonly largest: number } {
  const expression = new RegExp(pattern, "u");
  const members = new Map<string, Picture[]>();
  for (const picture of pictures) {
    const match = expression.exec(baseName(picture));
    if (match === null) continue;
    const key = match[1] ?? match[0];
    members.set(key, [...(members.get(key) ?? []), picture]);
  }
  const sizes = [...members.values()].map(({ length }) => length);
  return {
    pattern,
    groups: members.size,
    images: sizes.reduce((sum, size) => sum + size, 0),
    shared: [...members.values()].filter((group) => group.some(isForTraining) && !group.every(isForTraining)).length,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}

function baseName({ name }: Picture): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
