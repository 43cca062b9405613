import { counted } from "../counted.ts";
import { DatasetError } from "../dataset.ts";

/** How much of the samples to hold back: a share of them (above 0 and below 1) or a number of them (1 or more). */
export interface HeldBack {
  readonly validation: number;
  readonly test?: number | undefined;
}

/** Samples in each part. */
export interface PartSizes {
  readonly training: number;
  readonly validation: number;
  readonly test?: number;
}

/**
 * What the shares come to, rounded up as scikit-learn and Keras do, so that no part that was asked for is empty.
 *
 * @throws DatasetError when a share or number is none, or nothing is left to train on.
 */
export function partSizes(count: number, held: HeldBack): PartSizes {
  const validation = partSize(count, "validation", held.validation);
  const test = held.test === undefined ? undefined : partSize(count, "test", held.test);
  const training = count - validation - (test ?? 0);
  if (training < 1) {
    const parts =
      test === undefined ? `${validation} for validation` : `${validation} for validation and ${test} to test`;
    throw new DatasetError(
      `there ${count === 1 ? "is" : "are"} ${counted(count, "sample")}, and holding back ${parts} leaves none to train on; ` +
        "hold back fewer or none, or take more samples",
    );
  }
  return { training, validation, ...(test !== undefined && { test }) };
}

function partSize(count: number, part: string, held: number): number {
  // A share is seldom exact: 100 · 0.07 is 7.000000000000001, which must not become 8.
  if (held > 0 && held < 1) return Math.max(1, Math.ceil(count * held - 1e-6));
  if (Number.isInteger(held) && held >= 1) return held;
  throw new DatasetError(
    `${held} came as the part to hold back for ${part}; expected a share above 0 and below 1, or a whole number of samples`,
  );
}
