import { DatasetError } from "../dataset.ts";

/** Labels or groups, numbered from 0 in the order in which they come. */
export interface NumberedKeys {
  /** Each key once. */
  readonly keys: readonly (string | number)[];
  /** For each sample the number of its key. */
  readonly numbers: Uint32Array;
  /** For each key how many samples have it. */
  readonly counts: Uint32Array;
}

/**
 * Numbers the keys of the samples.
 *
 * @param what what the keys are, for messages: `"labels"`.
 * @throws DatasetError when there is not one for each sample, or one is NaN.
 */
export function numberKeys(what: string, values: ArrayLike<string | number>, count: number): NumberedKeys {
  if (values.length !== count) {
    throw new DatasetError(`there are ${count} samples and ${values.length} ${what}; there must be one a sample`);
  }
  const known = new Map<string | number, number>();
  const numbers = new Uint32Array(count);
  for (let sample = 0; sample < count; sample++) {
    const key = values[sample] as string | number;
    if (Number.isNaN(key)) {
      throw new DatasetError(`sample ${sample} has NaN among the ${what}; give it a number or a name of its own`);
    }
    const number = known.get(key) ?? known.size;
    if (number === known.size) known.set(key, number);
    numbers[sample] = number;
  }
  const counts = new Uint32Array(known.size);
  for (const number of numbers) counts[number] = (counts[number] as number) + 1;
  return { keys: [...known.keys()], numbers, counts };
}
