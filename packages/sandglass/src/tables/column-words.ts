/** What a user may call a column: how its cells are read, and what becomes of it. One vocabulary for the command line and for code. */
import type { tables } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";

interface Meaning {
  /** What its cells are read as; seen from them unless given. */
  readonly type?: tables.ColumnType;
  /** What it is to the model; decided by its values unless given. */
  readonly role?: tables.ColumnRole | "ignore";
  /** Of dates, whether the day comes before the month. */
  readonly dayFirst?: boolean;
}

const WORDS = {
  number: { type: "number", role: "number" },
  date: { type: "date", role: "date" },
  dayfirst: { type: "date", role: "date", dayFirst: true },
  monthfirst: { type: "date", role: "date", dayFirst: false },
  category: { type: "text", role: "category" },
  text: { type: "text" },
  ignore: { role: "ignore" },
} as const satisfies Readonly<Record<string, Meaning>>;

/** A word for a column. `text` is read as text and may be categories, an identifier or free text; `category` is one in any case. */
export type ColumnWord = keyof typeof WORDS;

/** What words say, by the names of columns. */
export interface ColumnMeanings {
  readonly types: Readonly<Record<string, tables.ColumnType>>;
  readonly dayFirst: Readonly<Record<string, boolean>>;
  readonly roles: Readonly<Record<string, tables.ColumnRole | "ignore">>;
}

/**
 * What words for columns say.
 *
 * @param words by the names of columns.
 * @throws UserError when a word is none.
 */
export function columnMeanings(words: Readonly<Record<string, string>>): ColumnMeanings {
  const meanings = Object.entries(words).map(([name, word]): [string, Meaning] => [name, meaningOf(name, word)]);
  const pick = <Key extends keyof Meaning>(key: Key): Record<string, NonNullable<Meaning[Key]>> =>
    Object.fromEntries(
      meanings.flatMap(([name, { [key]: value }]) => (value === undefined ? [] : [[name, value] as const])),
    );
  return { types: pick("type"), dayFirst: pick("dayFirst"), roles: pick("role") };
}

function meaningOf(name: string, word: string): Meaning {
  const known = Object.entries(WORDS).find(([one]) => one === word);
  if (known !== undefined) return known[1];
  const meant = nearestName(word, Object.keys(WORDS));
  throw new UserError(
    `column "${name}" cannot be of the type "${word}"${meant === undefined ? "" : `; did you mean "${meant}"?`}\n` +
      `A column may be ${Object.keys(WORDS).join(", ")} (--types ${name}=category)`,
    { exitCode: 2 },
  );
}
