import { MissingPartError } from "../errors.ts";
import type { SplitName } from "./registry.ts";

/** The error of a part that is asked for and that data do not have. */
export function missingSplit(what: string, split: SplitName, splits: readonly SplitName[]): MissingPartError {
  const hint =
    split === "validation" && splits.includes("train") ? "; hold samples back instead: --validation 0.1" : "";
  return new MissingPartError(`${what} has no ${split} part; it has ${splits.join(" and ")}${hint}`);
}
