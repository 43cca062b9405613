/** The training that fits a table. */
import type { DataChoices } from "../../sources/index.ts";
import { FEWEST_ROWS } from "../../tables/index.ts";
import { columnItem, typeItem } from "../../text/column-lists.ts";
import { advisedChoices } from "./advised-choices.ts";
import type { TableFindings } from "./findings.ts";

/** With fewer rows none can be spared to validate with. */
const FEWEST_TO_VALIDATE = 10;

/** The words after `sandglass`. What the user chose stays. Undefined where there is nothing to learn from. */
export function trainCommand(findings: TableFindings, given: DataChoices): readonly string[] | undefined {
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
    ...names(all).flatMap((name) => {
      const value = all[name];
      return value === undefined ? [] : [`--${name}`, text(value)];
    }),
    ...(isWhole ? ["--validation", "0"] : []),
  ];
}

function names(choices: DataChoices): (keyof DataChoices)[] {
  return Object.keys(choices) as (keyof DataChoices)[];
}

/** As the option is typed. */
function text(value: NonNullable<DataChoices[keyof DataChoices]>): string {
  if (Array.isArray(value)) return value.map(columnItem).join(",");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, type]) => typeItem(name, type))
    .join(",");
}
