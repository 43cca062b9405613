import type { DataChoices } from "../sources/index.ts";
import { flagOf } from "../text/flag-of.ts";
import { columnItem, typeItem } from "../text/column-lists.ts";

type Value = NonNullable<DataChoices[keyof DataChoices]>;

/** Choices as the options that are typed: `["--max-pixels", "1000", "--ignore", "id,remarks"]`. Those that are undefined are left out. */
export function choiceWords(choices: DataChoices): readonly string[] {
  return (Object.entries(choices) as [string, Value | undefined][]).flatMap(([name, value]) =>
    value === undefined ? [] : [flagOf(name), textOf(value)],
  );
}

function textOf(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(columnItem).join(",");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, type]) => typeItem(name, type))
    .join(",");
}
