/** Rules of what is held back that say nothing, or contradict one another: left aside in silence they would hide a leak. */
import { UserError } from "../errors.ts";
import type { DataChoices } from "./source-kind.ts";

/** What samples are called in messages. */
type Unit = "images" | "rows" | "samples";

/**
 * For data of which no sample is held back by a rule.
 *
 * @param reason why none is: `--validation 0 holds none back`.
 * @throws UserError when the user gave such a rule.
 */
export function refuseSplitRules({ split, group }: DataChoices, unit: Unit, reason: string): void {
  const given = group === undefined ? split && `--split ${split}` : `--group ${group}`;
  if (given === undefined) return;
  throw new UserError(`${given} says which ${unit} are held back, and ${reason}; leave one of them out`, {
    exitCode: 2,
  });
}

/** @throws UserError when groups would be cut in two. */
export function checkSplitRules({ split, group }: DataChoices, unit: Unit): void {
  if (split !== "last" || group === undefined) return;
  throw new UserError(
    `--split last cuts where the number of ${unit} says, and --group ${group} keeps ${unit} together; ` +
      "leave one of them out, or take --split random",
    { exitCode: 2 },
  );
}
