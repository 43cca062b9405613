import type { tables } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { DataChoices } from "../source-kind.ts";

/** What was chosen of columns: what their cells are read as, and what becomes of them. */
export interface ColumnChoices {
  readonly types: Readonly<Record<string, tables.ColumnType>>;
  readonly choices: tables.TableChoices;
}

/** What a column may be called on the command line: how its cells are read, and the role that it gets. */
const WORDS = {
  number: { type: "number", role: "number" },
  date: { type: "date", role: "date" },
  category: { type: "text", role: "category" },
  ignore: { type: undefined, role: "ignore" },
} as const satisfies Readonly<
  Record<string, { readonly type: tables.ColumnType | undefined; readonly role: tables.ColumnRole | "ignore" }>
>;

/**
 * Reads what the user chose of columns.
 *
 * @throws UserError when a word is none of number, category, date, ignore.
 */
export function columnChoices({ types = {}, ignore = [], label, scaling }: DataChoices): ColumnChoices {
  const read = Object.entries(types).map(([name, word]) => [name, meaningOf(name, word)] as const);
  return {
    types: Object.fromEntries(read.flatMap(([name, { type }]) => (type === undefined ? [] : [[name, type] as const]))),
    choices: {
      roles: Object.fromEntries([
        ...ignore.map((name) => [name, "ignore"] as const),
        ...read.map(([name, { role }]) => [name, role] as const),
      ]),
      ...(label !== undefined && { label }),
      ...(scaling !== undefined && { scaling }),
    },
  };
}

function meaningOf(name: string, word: string): (typeof WORDS)[keyof typeof WORDS] {
  const known = Object.entries(WORDS).find(([one]) => one === word);
  if (known !== undefined) return known[1];
  throw new UserError(`--types ${name}=${word}: a column may be ${Object.keys(WORDS).join(", ")}; "${word}" came`, {
    exitCode: 2,
  });
}
