/** Ways to read a cell of text: as SQL that gives a number, a date, or NULL where the cell is neither. */
import { quoteText } from "./sql-text.ts";

/** How a number is written: `1234.5`, `1,234.5` or `1.234,5`. Blanks and apostrophes may divide thousands in the last two. */
export type Notation = "plain" | "thousands" | "decimalComma";

export interface NumberReading {
  readonly type: "number";
  readonly notation: Notation;
  /** What stands before and behind each number: a currency, a unit. Empty where there is nothing. */
  readonly prefix: string;
  readonly suffix: string;
}

export interface DateReading {
  readonly type: "date";
  /** ISO 8601, times of a day, or the formats of `strptime`, the first that fits. */
  readonly format: "iso" | "time" | "compact" | readonly string[];
  /** For dates that are all numbers, whether the day comes before the month. */
  readonly dayFirst?: boolean;
}

export interface TextReading {
  readonly type: "text";
}

export type Reading = NumberReading | DateReading | TextReading;

/** How columns are read, by their names. */
export type Readings = Readonly<Record<string, Reading>>;

export const TEXT: TextReading = { type: "text" };

/** Numbers as they are written most of the time. */
export const PLAIN: NumberReading = { type: "number", notation: "plain", prefix: "", suffix: "" };

/** What a cell is by a reading. `cell` is SQL of type VARCHAR, without blanks around it. */
export function readingSql(reading: Reading, cell: string): string {
  if (reading.type === "text") return cell;
  return reading.type === "number" ? finite(numberSql(reading, cell)) : dateSql(reading, cell);
}

/** NULL in place of what is not finite: infinities are no values to learn from. Adding 0 makes 0 of −0. */
export function finite(value: string): string {
  return `CASE WHEN isfinite(${value}) THEN ${value} + 0 END`;
}

function numberSql({ notation, prefix, suffix }: NumberReading, cell: string): string {
  const body =
    prefix === "" && suffix === ""
      ? cell
      : `regexp_replace(${cell}, ${quoteText(`^([+-]?)\\s*${optional(prefix)}\\s*(.*?)\\s*${optional(suffix)}$`)}, '\\1\\2')`;
  return `TRY_CAST(${notationSql[notation](body)} AS DOUBLE)`;
}

function optional(affix: string): string {
  return affix === "" ? "" : `(?:${affix.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")})?`;
}

const SPACE = " \u00a0\u202f'’";

/** A number as DuckDB reads it, from one as it is written; NULL where it is not written so. */
const notationSql: Readonly<Record<Notation, (body: string) => string>> = {
  plain: (body) => body,
  thousands: (body) =>
    `CASE WHEN regexp_matches(${body}, ${quoteText(`^[+-]?[0-9]{1,3}([,${SPACE}][0-9]{3})+(\\.[0-9]*)?$`)}) ` +
    `THEN regexp_replace(${body}, ${quoteText(`[,${SPACE}]`)}, '', 'g') ELSE ${body} END`,
  decimalComma: (body) =>
    `CASE WHEN regexp_matches(${body}, ${quoteText(`^[+-]?([0-9]{1,3}([.${SPACE}][0-9]{3})+|[0-9]+)(,[0-9]*)?([eE][+-]?[0-9]+)?$`)}) ` +
    `THEN replace(regexp_replace(${body}, ${quoteText(`[.${SPACE}]`)}, '', 'g'), ',', '.') END`,
};

function dateSql({ format }: DateReading, cell: string): string {
  if (format === "iso") {
    // The cast alone also takes `1-2-3` and words such as "epoch".
    return matching(cell, "^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}", `TRY_CAST(${cell} AS TIMESTAMP)`);
  }
  if (format === "time") {
    const time = `DATE '1970-01-01' + TRY_CAST(${cell} AS TIME)`;
    return matching(cell, "^[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$", time);
  }
  if (format === "compact") return matching(cell, "^(19|20)[0-9]{6}$", `try_strptime(${cell}, '%Y%m%d')`);
  const value = `try_strptime(${cell}, [${format.map(quoteText).join(", ")}])`;
  // `%Y` also takes years of two digits, as those of antiquity.
  return `CASE WHEN year(${value}) >= 1000 THEN ${value} END`;
}

function matching(cell: string, pattern: string, value: string): string {
  return `CASE WHEN regexp_matches(${cell}, ${quoteText(pattern)}) THEN ${value} END`;
}
