import type { tables } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { DataChoices } from "../source-kind.ts";

/** What was chosen of columns: what their cells are read as, and what becomes of them. */
export interface ColumnChoices {
  readonly types: Readonly<Record<string, tables.ColumnType>>;
  /** Of dates, whether the day comes before the month. */
  readonly dayFirst: Readonly<Record<string, boolean>>;
  readonly choices: tables.TableChoices;
}

interface Meaning {
  readonly type: tables.ColumnType | undefined;
  readonly role: tables.ColumnRole | "ignore";
  readonly dayFirst?: boolean;
}

/** What a column may be called on the command line: how its cells are read, and the role that it gets. */
const WORDS = {
  number: { type: "number", role: "number" },
  date: { type: "date", role: "date" },
  dayfirst: { type: "date", role: "date", dayFirst: true },
  monthfirst: { type: "date", role: "date", dayFirst: false },
  category: { type: "text", role: "category" },
  ignore: { type: undefined, role: "ignore" },
} as const satisfies Readonly<Record<string, Meaning>>;

/**
 * Reads what the user chose of columns.
 *
 * @throws UserError when a word is none of number, date, dayfirst, monthfirst, category, ignore.
 */
export function columnChoices({ types = {}, ignore = [], label, scaling }: DataChoices): ColumnChoices {
  const read = Object.entries(types).map(([name, word]) => [name, meaningOf(name, word)] as const);
  return {
    types: Object.fromEntries(read.flatMap(([name, { type }]) => (type === undefined ? [] : [[name, type] as const]))),
    dayFirst: Object.fromEntries(
      read.flatMap(([name, { dayFirst }]) => (dayFirst === undefined ? [] : [[name, dayFirst] as const])),
    ),
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

function meaningOf(name: string, word: string): Meaning {
  const known = Object.entries(WORDS).find(([one]) => one === word);
  if (known !== undefined) return known[1];
  throw new UserError(`--types ${name}=${word}: a column may be ${Object.keys(WORDS).join(", ")}; "${word}" came`, {
    exitCode: 2,
  });
}
