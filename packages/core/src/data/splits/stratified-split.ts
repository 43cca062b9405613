/**
 * Splits in which every part has the classes in the proportion of the whole, as scikit-learn's StratifiedShuffleSplit has them:
 * each class gets its share of a part rounded down, and what is missing goes to the classes with the largest remainders.
 */
import { DatasetError } from "../dataset.ts";
import type { RandomStream } from "../random-stream.ts";
import type { NumberedKeys } from "./numbered-keys.ts";
import { TEST, VALIDATION } from "./part.ts";
import type { PartSizes } from "./part-sizes.ts";
import { shuffledNumbers } from "./random-split.ts";

/**
 * For each sample its part. The only sample of a class is one to train on.
 *
 * @throws DatasetError when the classes with several samples are too small for the parts.
 */
export function splitStratified(
  { numbers, counts }: NumberedKeys,
  { validation, test = 0 }: PartSizes,
  random: RandomStream,
): Uint8Array {
  const left = counts.map((samples) => (samples === 1 ? 0 : samples));
  const available = left.reduce((sum, samples) => sum + samples, 0);
  if (available <= validation + test) {
    throw new DatasetError(
      `${counts.length} classes came, and ${available} of the ${numbers.length} samples are of a class that has two or more; ` +
        `${validation + test} are to be held back in proportion to the classes; hold back fewer, or split without labels`,
    );
  }
  const forTest = inProportion(left, test, random);
  forTest.forEach((samples, label) => (left[label] = (left[label] as number) - samples));
  const forValidation = inProportion(left, validation, random);

  const parts = new Uint8Array(numbers.length);
  for (const sample of shuffledNumbers(numbers.length, random)) {
    const label = numbers[sample] as number;
    if (take(forTest, label)) parts[sample] = TEST;
    else if (take(forValidation, label)) parts[sample] = VALIDATION;
  }
  return parts;
}

/** `total` samples by class, in proportion to the classes' counts; equal remainders are served in random order. */
function inProportion(counts: Uint32Array, total: number, random: RandomStream): Uint32Array {
  const available = counts.reduce((sum, samples) => sum + samples, 0);
  const exact = Float64Array.from(counts, (samples) => (samples * total) / available);
  const taken = Uint32Array.from(exact, Math.floor);
  const remainder = (label: number): number => (exact[label] as number) - (taken[label] as number);
  const missing = total - taken.reduce((sum, samples) => sum + samples, 0);
  const byRemainder = shuffledNumbers(counts.length, random).toSorted(
    (one, other) => remainder(other) - remainder(one),
  );
  const largest = byRemainder.subarray(0, missing);
  for (const label of largest) taken[label] = (taken[label] as number) + 1;
  return taken;
}

/** Takes one of the class when there is one left. */
function take(counts: Uint32Array, label: number): boolean {
  const left = counts[label] as number;
  if (left > 0) counts[label] = left - 1;
  return left > 0;
}
