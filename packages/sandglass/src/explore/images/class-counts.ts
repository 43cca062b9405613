/** How many images there are of each class, in each part. */
import type { ImageSplit } from "../../images/find/index.ts";
import { isForTraining, splitsOf, type Picture } from "./picture-set.ts";

export interface ClassCount {
  readonly className: string;
  readonly count: number;
}

export interface PartCounts {
  /** Absent where the set comes in one piece. */
  readonly split?: ImageSplit;
  readonly count: number;
  /** In the order of the classes, with those that have none; empty without classes. */
  readonly classes: readonly ClassCount[];
}

export interface Imbalance {
  readonly most: ClassCount;
  /** The smallest class that has images at all. */
  readonly least: ClassCount;
  /** How many times as many images the largest class has. */
  readonly ratio: number;
}

/** Counts each part. */
export function countParts(pictures: readonly Picture[], classNames: readonly string[]): readonly PartCounts[] {
  return splitsOf(pictures).map((split) => {
    const members = pictures.filter((picture) => picture.split === split);
    return { ...(split && { split }), count: members.length, classes: countClasses(members, classNames) };
  });
}

/** How unequal the classes are that a model is trained on; undefined with less than two. */
export function imbalanceOf(pictures: readonly Picture[], classNames: readonly string[]): Imbalance | undefined {
  const counts = countClasses(pictures.filter(isForTraining), classNames).filter(({ count }) => count > 0);
  const sorted = counts.toSorted((a, b) => b.count - a.count);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (sorted.length < 2 || most === undefined || least === undefined) return undefined;
  return { most, least, ratio: most.count / least.count };
}

function countClasses(members: readonly Picture[], classNames: readonly string[]): ClassCount[] {
  if (members.every(({ className }) => className === undefined)) return [];
  const counts = new Map<string, number>(classNames.map((className) => [className, 0]));
  for (const { className } of members) {
    if (className !== undefined) counts.set(className, (counts.get(className) ?? 0) + 1);
  }
  return [...counts].map(([className, count]) => ({ className, count }));
}
