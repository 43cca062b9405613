import { DatasetError } from "../dataset.ts";
import { RandomStream } from "../random-stream.ts";
import { splitGrouped } from "./grouped-split.ts";
import { numberKeys } from "./numbered-keys.ts";
import type { NumberedKeys } from "./numbered-keys.ts";
import { TEST, TRAINING, VALIDATION } from "./part.ts";
import { partSizes } from "./part-sizes.ts";
import type { HeldBack, PartSizes } from "./part-sizes.ts";
import { splitAtRandom } from "./random-split.ts";
import { splitStratified } from "./stratified-split.ts";

export interface SplitNumbersOptions extends HeldBack {
  /** The same seed gives the same split. */
  readonly seed: number;
  /** A class for each sample: every part then has the classes in the proportion of the whole. */
  readonly labels?: ArrayLike<string | number> | undefined;
  /** A group for each sample (a patient, a customer, a place): samples of one group are never in two parts. */
  readonly groups?: ArrayLike<string | number> | undefined;
}

/** Which samples are in which part, by number in ascending order. */
export interface NumberSplit {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly test?: Uint32Array;
  /** Samples that were asked for in each part. Groups stay whole, so with `groups` the parts may have other counts. */
  readonly asked: PartSizes;
  /** With `labels`: the classes that a part has no sample of. */
  readonly missingClasses?: MissingClasses;
}

/** Labels by the part that has no such sample. */
export interface MissingClasses {
  readonly training: readonly (string | number)[];
  readonly validation: readonly (string | number)[];
  readonly test?: readonly (string | number)[];
}

/**
 * Splits the samples 0 to `count` − 1 at random into samples to train on, to validate with and, where asked for, to test with.
 *
 * - With `labels` every part has the classes in proportion; the only sample of a class is one to train on.
 * - With `groups` no group is torn apart; the parts' sizes are met as nearly as the groups allow.
 * - With both the parts have whole groups, and the classes as nearly in proportion as the groups allow.
 *
 * @throws DatasetError when a part would be empty, there are fewer groups than parts, or a share, label or group is NaN.
 * @example
 * const { training, validation } = splitNumbers(data.count, { validation: 0.2, seed: 1, labels: data.labels });
 * const trainingData = select(data, training);
 */
export function splitNumbers(count: number, { seed, labels, groups, ...held }: SplitNumbersOptions): NumberSplit {
  if (!Number.isInteger(count) || count < 1) {
    throw new DatasetError(`${count} came as the number of samples to split; expected a whole number of 1 or more`);
  }
  const random = new RandomStream(seed);
  const sizes = partSizes(count, held);
  const classes = labels && numberKeys("labels", labels, count);
  const parts = groups
    ? splitGrouped(numberKeys("groups", groups, count), classes, sizes, random)
    : classes
      ? splitStratified(classes, sizes, random)
      : splitAtRandom(count, sizes, random);
  const hasTest = sizes.test !== undefined;
  return {
    training: numbersOf(parts, TRAINING),
    validation: numbersOf(parts, VALIDATION),
    ...(hasTest && { test: numbersOf(parts, TEST) }),
    asked: sizes,
    ...(classes && { missingClasses: missingClasses(parts, classes, hasTest) }),
  };
}

function numbersOf(parts: Uint8Array, part: number): Uint32Array {
  const numbers = new Uint32Array(parts.reduce((found, of) => found + (of === part ? 1 : 0), 0));
  let place = 0;
  for (let sample = 0; sample < parts.length; sample++) if (parts[sample] === part) numbers[place++] = sample;
  return numbers;
}

function missingClasses(parts: Uint8Array, { keys, numbers }: NumberedKeys, hasTest: boolean): MissingClasses {
  const present = new Uint8Array(3 * keys.length);
  numbers.forEach((label, sample) => (present[(parts[sample] as number) * keys.length + label] = 1));
  const missing = (part: number): (string | number)[] =>
    keys.filter((_, label) => !present[part * keys.length + label]);
  return {
    training: missing(TRAINING),
    validation: missing(VALIDATION),
    ...(hasTest && { test: missing(TEST) }),
  };
}
