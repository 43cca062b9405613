/** From arrays of labels, as people save them, to the numbers of classes. */
import { counted, type Labels, type NpyArray } from "@sandglass/core";
import { UserError } from "../../errors.ts";

/** How labels are numbered, the same in all parts of a set. */
export interface ClassCoding {
  /** Undefined where labels are no classes. */
  readonly classNames: readonly string[] | undefined;
  /** Undefined where labels are no classes. */
  readonly classes?: Classes;
  encode(labels: readonly LabelValue[]): Labels | undefined;
  /** What may surprise. */
  readonly note?: string;
}

export type LabelValue = number | string;

/** The labels in the order of the classes' numbers; as a number, so many from 0 on, which are the classes' numbers. */
export type Classes = number | readonly LabelValue[];

const MOST_CLASSES = 2 ** 16;

/**
 * One label a sample: of `[n]` and `[n, 1]` the values, of one-hot rows `[n, k]` the place of the 1. Undefined where rows are not one-hot.
 *
 * @param what names the array in errors.
 * @throws UserError when there is not one a sample, or one is NaN.
 */
export function labelValues(what: string, { shape, data }: NpyArray, count: number): readonly LabelValue[] | undefined {
  const [rows = 0, columns = 1, ...more] = shape;
  if (shape.length === 0 || more.length > 0 || rows !== count) {
    throw new UserError(
      `${what} has the shape [${shape.join(", ")}], and there are ${count} samples; labels are [${count}], [${count}, 1] or one-hot ` +
        `[${count}, classes]`,
    );
  }
  if (typeof data[0] === "number") {
    const bad = (data as ArrayLike<number> & Float64Array).findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new UserError(`${what}: label ${bad} is ${data[bad]}; every sample needs a class`);
  }
  if (columns === 1) return Array.from<LabelValue>(data);
  return Array.isArray(data) ? undefined : oneHotPlaces(data as ArrayLike<number>, rows, columns);
}

function oneHotPlaces(data: ArrayLike<number>, rows: number, columns: number): readonly number[] | undefined {
  const places: number[] = [];
  for (let row = 0; row < rows; row++) {
    let place = -1;
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column];
      if (value === 0) continue;
      if (value !== 1 || place >= 0) return undefined;
      place = column;
    }
    if (place < 0) return undefined;
    places.push(place);
  }
  return places;
}

/**
 * Numbers of classes from 0 on are kept; other whole numbers, and texts, are numbered in ascending order, and are the names.
 *
 * @param labels of all parts, so that each class has one number in all.
 */
export function classCoding(labels: readonly LabelValue[], given: readonly string[] | undefined): ClassCoding {
  const isNumber = (label: LabelValue): label is number => typeof label === "number";
  if (labels.every(isNumber)) {
    const fraction = labels.find((label) => !Number.isInteger(label));
    if (fraction !== undefined)
      return none(`the labels have ${fraction}, which is no class; the samples have no labels`);
    const most = labels.reduce((largest, label) => Math.max(largest, label), 0);
    if (most < MOST_CLASSES && labels.every((label) => label >= 0)) {
      return countedFrom0(most + 1, given);
    }
  }
  const classes = [...new Set(labels)].toSorted(ascending);
  if (classes.length > MOST_CLASSES) return none(`there are ${classes.length} different labels; the samples have none`);
  return {
    ...inOrder(classes),
    ...(labels.every(isNumber) && { note: `the labels ${few(classes)} are numbered from 0 on` }),
  };
}

/**
 * Classes that were numbered before keep their numbers. Where others are among them, the samples have no labels, and that is noted.
 *
 * @param labels of the samples.
 */
export function knownClassCoding(
  labels: readonly LabelValue[],
  classes: Classes,
  given: readonly string[] | undefined,
): ClassCoding {
  const isCount = typeof classes === "number";
  const known = new Set<LabelValue>(isCount ? Array(classes).keys() : classes);
  const foreign = labels.filter((label) => !known.has(label));
  if (foreign.length === 0) return isCount ? countedFrom0(classes, given) : inOrder(classes);
  return none(
    `${foreign.length} of ${counted(labels.length, "sample")} have labels that the run's data did not have ` +
      `(${few([...new Set(foreign)])}), so none are used; the run's are ${isCount ? `0 to ${classes - 1}` : few(classes)}`,
  );
}

function countedFrom0(classes: number, classNames: readonly string[] | undefined): ClassCoding {
  return { classNames, classes, encode: (labels) => packed(labels.map(Number), classes - 1) };
}

function inOrder(classes: readonly LabelValue[]): ClassCoding {
  const numbers = new Map(classes.map((label, number) => [label, number]));
  return {
    classNames: classes.map(String),
    classes,
    encode: (labels) =>
      packed(
        labels.map((label) => numbers.get(label) as number),
        classes.length - 1,
      ),
  };
}

function none(note: string): ClassCoding {
  return { classNames: undefined, encode: () => undefined, note };
}

function packed(labels: readonly number[], most: number): Labels {
  return most < 256 ? Uint8Array.from(labels) : Uint16Array.from(labels);
}

function ascending(one: LabelValue, other: LabelValue): number {
  return one < other ? -1 : 1;
}

function few(classes: readonly LabelValue[]): string {
  return classes.length <= 4 ? classes.join(", ") : `${classes.slice(0, 3).join(", ")}, …`;
}
