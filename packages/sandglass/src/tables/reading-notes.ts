import { counted, tables } from "@sandglass/core";
import { typeItem } from "../text/column-lists.ts";
import { formatCount } from "../text/number-format.ts";
import { quotedWord } from "../text/shell-words.ts";
import type { Misfits } from "./convert-columns.ts";
import { isAsTrained, type DetectedReading } from "./detect-readings.ts";
import { describeReading } from "./describe-reading.ts";

/** What there is to say of how a column was read. */
type ReadingNote = tables.ColumnNote<
  "code" | "almost" | "changed" | "unit" | "decimal comma" | "month/day" | "day/month" | "misfits"
>;

/** A column of text, and what came of it. */
export interface ReadColumn {
  readonly name: string;
  readonly detected: DetectedReading | undefined;
  readonly misfits: Misfits | undefined;
  /** Where it is almost numbers or dates: a cell that is none. */
  readonly example: string | undefined;
}

/** What the user should know of how columns of text were read. */
export function readingNotes(columns: readonly ReadColumn[]): readonly string[] {
  return tables.joinNotes(columns.flatMap(notesOn), SEVERAL);
}

const SEVERAL: tables.JoinedTexts<ReadingNote["kind"]> = {
  code: (columns) =>
    `${columns} hold codes and no quantities (digits behind zeros, or more of them than a number keeps), and are read as text`,
  almost: (columns) =>
    `${columns} are read as text, as not all of their values are what most are; --types name=number or name=date (in code: types) reads ` +
    "the others as missing",
  changed: (columns) => `${columns} are read otherwise than in training`,
  unit: (columns) => `${columns} are read as numbers with a unit`,
  "decimal comma": (columns) => `${columns} are read as numbers with a decimal comma`,
  "month/day": (columns) => ambiguous(columns, "month/day", "dayfirst"),
  "day/month": (columns) => ambiguous(columns, "day/month", "monthfirst"),
  misfits: (columns) => `${columns} hold values that are no numbers or dates; these are read as missing`,
};

function ambiguous(columns: string, order: string, other: string): string {
  return (
    `${columns} have dates that fit both day/month and month/day; they are read as ${order}; ` +
    `--types name=${other} (in code: dayFirst) reads them the other way`
  );
}

function notesOn({ name, detected, misfits, example }: ReadColumn): readonly ReadingNote[] {
  if (detected === undefined) return [];
  const { reading, trained, almost, isAmbiguous, isCode } = detected;
  const notes: ReadingNote[] = [];
  const add = (kind: ReadingNote["kind"], text: string, detail?: string): void =>
    void notes.push({ kind, column: name, text: `${name} ${text}`, detail });
  if (isCode === true) {
    add(
      "code",
      "holds codes and no quantities (digits behind zeros, or more of them than a number keeps), and is read as text",
    );
  }
  if (almost !== undefined) {
    const share = `${Math.floor(100 * almost.share)} %`;
    const such = example === undefined || example === "" ? "" : `, such as ${quoted(example)}`;
    add(
      "almost",
      `is read as text: ${share} of its values are ${almost.type}s, and the others are not${such}; ` +
        `--types ${quotedWord(typeItem(name, almost.type))} (in code: types) reads them as missing`,
      `${share} ${almost.type}s`,
    );
  }
  const now = describeReading(reading);
  const before = trained && describeReading(trained);
  if (before !== undefined && reading.type === trained?.type && now !== before) {
    add("changed", `is read as ${now}, and was as ${before} in training`, `as ${now}, not ${before}`);
  } else if (reading.type === "number" && !isAsTrained(detected)) {
    const unit = reading.prefix || reading.suffix;
    if (unit !== "") add("unit", `is read as numbers, in ${unit}`, unit);
    if (reading.notation === "decimalComma") add("decimal comma", "is read as numbers with a decimal comma");
  }
  if (isAmbiguous === true && reading.type === "date") {
    const [order, other] =
      reading.dayFirst === true ? (["day/month", "monthfirst"] as const) : (["month/day", "dayfirst"] as const);
    add(
      order,
      `has dates that fit both day/month and month/day; they are read as ${order}; ` +
        `--types ${quotedWord(typeItem(name, other))} (in code: dayFirst) reads them the other way`,
    );
  }
  if (misfits !== undefined) {
    const kind = reading.type === "date" ? "date" : "number";
    const such = `such as ${quoted(misfits.example)}`;
    add(
      "misfits",
      `holds ${counted(misfits.count, `value that is no ${kind}`, `values that are no ${kind}s`)}, ${such}; read as missing`,
      `${formatCount(misfits.count)}, ${such}`,
    );
  }
  return notes;
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
