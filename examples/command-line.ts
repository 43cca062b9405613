/** The two options that every example takes. */

import { parseArgs } from "node:util";

export interface Budget {
  readonly epochs: number;
  /** How many images to draw. */
  readonly images: number;
}

/** Reads `--epochs` and `--images` of the command line. */
export function budgetOf(defaults: Budget): Budget {
  const { values } = parseArgs({ options: { epochs: { type: "string" }, images: { type: "string" } } });
  return {
    epochs: countOf("epochs", values.epochs, defaults.epochs),
    images: countOf("images", values.images, defaults.images),
  };
}

function countOf(option: string, given: string | undefined, fallback: number): number {
  const count = Number(given ?? fallback);
  if (Number.isInteger(count) && count > 0) return count;
  throw new RangeError(`--${option} must be a whole number from 1 on; "${given}" came`);
}
