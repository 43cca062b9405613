import { counted } from "@sandglass/core";
import { UserError } from "../../errors.ts";

/** A model learns from how rows differ. */
export const FEWEST_ROWS = 2;

/**
 * Makes sure that there are rows enough to learn anything from.
 *
 * @param name of the table.
 * @throws UserError when there are not.
 */
export function requireRows(name: string, training: number, heldBack: number): void {
  if (training >= FEWEST_ROWS) return;
  const held = heldBack === 0 ? "" : `, and ${counted(heldBack, "row")} to validate with`;
  throw new UserError(
    `${name} has ${counted(training, "row")} to train on${held}; a model learns from how rows differ, and needs hundreds of them. ` +
      "Give a larger table",
  );
}
