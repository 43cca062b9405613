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
  return { epochs: Number(values.epochs ?? defaults.epochs), images: Number(values.images ?? defaults.images) };
}
