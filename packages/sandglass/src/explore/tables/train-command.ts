/** The training that fits a table. */
import type { DataChoices } from "../../sources/index.ts";
import { FEWEST_ROWS } from "../../tables/index.ts";
import { choiceWords } from "../choice-words.ts";
import type { ExploreRequest } from "../exploration.ts";
import { advisedChoices } from "./advised-choices.ts";
import type { TableFindings } from "./findings.ts";

/** With fewer rows none can be spared to validate with. */
const FEWEST_TO_VALIDATE = 10;

/** The words after `sandglass`. What the user chose stays. Undefined where there is nothing to learn from. */
export function trainCommand(
  findings: TableFindings,
  { choices: given, augment }: ExploreRequest,
): readonly string[] | undefined {
  const { plan, profile, source } = findings;
  if (plan === undefined || profile.count < FEWEST_ROWS) return undefined;
  const isWhole = profile.count < FEWEST_TO_VALIDATE;
  const advised = advisedChoices(findings, given);
  const ignore = [...new Set([...(given.ignore ?? []), ...(advised.ignore ?? [])])];
  const types = { ...advised.types, ...given.types };
  const all: DataChoices = {
    ...advised,
    ...given,
    ...(ignore.length > 0 && { ignore }),
    ...(Object.keys(types).length > 0 && { types }),
    // Nothing is held back that could be divided by it.
    ...(isWhole && { group: undefined, split: undefined }),
  };
  return [
    "train",
    source,
    ...choiceWords(all),
    ...(isWhole ? ["--validation", "0"] : []),
    ...(augment === undefined ? [] : ["--augment", augment]),
  ];
}
