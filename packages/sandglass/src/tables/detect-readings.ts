/** What the columns of text hold: seen from some thousand rows, spread over the table. */
import type { tables } from "@sandglass/core";
import type { Database } from "./database.ts";
import { RAW } from "./raw-table.ts";
import { compactDate, dateCandidates, numberCandidates, type NumberHabits } from "./reading-candidates.ts";
import { PLAIN, readingSql, TEXT, type Notation, type NumberReading, type Reading } from "./reading.ts";
import { asNumber, asText } from "./row-values.ts";
import { quoteText } from "./sql-text.ts";

export interface TextColumnToRead {
  /** Its name in the database. */
  readonly name: string;
  /** What the user says that it is, which counts whatever its cells say. */
  readonly type?: tables.ColumnType | undefined;
  /** For dates that are all numbers, what the user says of the order of day and month. */
  readonly dayFirst?: boolean | undefined;
  /** How it was read in training: kept wherever its cells can be read so. */
  readonly trained?: Reading | undefined;
}

export interface DetectOptions extends NumberHabits {
  /** Whether 3/4 is a day in April, where all dates of a column fit either order. */
  readonly prefersDayFirst: boolean;
}

/** A column's reading, and what should be said of it. */
export interface DetectedReading {
  readonly reading: Reading;
  /** Dates that fit both orders of day and month. */
  readonly isAmbiguous?: boolean;
  /** Numbers that are codes: with zeros in front, or with more digits than a float keeps. */
  readonly isCode?: boolean;
  /** Where the column is text: what many of its cells are all the same, and the share of them. */
  readonly almost?: { readonly type: "number" | "date"; readonly share: number };
  /** How it was read in training, where that is known. */
  readonly trained?: Reading;
}

/** The share of the cells that must fit a reading; the others count as missing. */
export const ENOUGH = 0.95;

const SAMPLED_ROWS = 10_000;
/** Columns with fewer cells in the sample get one of their own. */
const FEWEST_CELLS = 100;
/** Of these some are tried first. */
const FIRST_TRIED = 200;
const SAMPLE = "sampled_rows";
/** So that queries over many columns do not grow without bounds. */
const COLUMNS_AT_ONCE = 50;

/** Finds readings for the columns of text in the raw table. */
export async function detectReadings(
  database: Database,
  columns: readonly TextColumnToRead[],
  options: DetectOptions,
): Promise<readonly DetectedReading[]> {
  if (columns.length === 0) return [];
  const { rows } = await database.row(`SELECT count(*)::DOUBLE AS rows FROM ${RAW}`);
  const step = Math.max(1, Math.floor(asNumber(rows) / SAMPLED_ROWS));
  const names = columns.map(({ name }) => name).join(", ");
  // By a hash, as every hundredth row may have something in common.
  await database.run(
    `CREATE OR REPLACE TABLE ${SAMPLE} AS SELECT ${names} FROM ${RAW} WHERE hash(rowid) % ${step} = 0`,
  );
  const first = await countFirst(database, columns);
  const found: Found[] = [];
  const sparse: number[] = [];
  for (const [index, column] of columns.entries()) {
    const counts = first[index] as FirstCounts;
    if (step > 1 && counts.present < FEWEST_CELLS) sparse.push(index);
    found.push(await detectOne(database, column, counts, options));
  }
  for (const index of sparse) {
    const column = columns[index] as TextColumnToRead;
    await database.run(
      `CREATE OR REPLACE TABLE ${SAMPLE} AS SELECT ${column.name} FROM ${RAW} WHERE ${column.name} IS NOT NULL LIMIT ${SAMPLED_ROWS}`,
    );
    const [counts] = await countFirst(database, [column]);
    found[index] = await detectOne(database, column, counts as FirstCounts, options);
  }
  await database.run(`DROP TABLE ${SAMPLE}`);
  // One column with decimal commas says how those are written that could be either.
  const usesDecimalComma = found.some((one) => isNumber(one.reading, "decimalComma") && !isAsTrained(one));
  return found.map((one) =>
    usesDecimalComma && one.mayBeDecimalComma && one.reading.type === "number"
      ? { ...one, reading: { ...one.reading, notation: "decimalComma" } }
      : one,
  );
}

/** Whether a column is read to the letter as in training. */
export function isAsTrained({ reading, trained }: DetectedReading): boolean {
  return reading === trained;
}

interface Found extends DetectedReading {
  /** How many cells of the sample fit the reading; the best one of all, where the column is text for want of a better. */
  readonly fitting: number;
  /** Whether all cells are numbers with decimal commas as well. */
  readonly mayBeDecimalComma: boolean;
}

/** What decides most columns. */
interface FirstCounts {
  readonly present: number;
  readonly plain: number;
  readonly compactDates: number;
  readonly codes: number;
  /** Numbers such as 1.234. */
  readonly dottedThousands: number;
}

async function countFirst(database: Database, columns: readonly TextColumnToRead[]): Promise<readonly FirstCounts[]> {
  const counts: FirstCounts[] = [];
  for (let from = 0; from < columns.length; from += COLUMNS_AT_ONCE) {
    const some = columns.slice(from, from + COLUMNS_AT_ONCE);
    const row = await database.row(`SELECT ${some.map(({ name }) => firstCountsSql(name)).join(", ")} FROM ${SAMPLE}`);
    counts.push(...some.map(({ name }) => row[name] as unknown as FirstCounts));
  }
  return counts;
}

function firstCountsSql(name: string): string {
  const matches = (pattern: string): string =>
    `count(*) FILTER (regexp_matches(${name}, ${quoteText(pattern)}))::DOUBLE`;
  return (
    `{'present': count(${name})::DOUBLE, 'plain': count(${readingSql(PLAIN, name)})::DOUBLE, ` +
    `'compactDates': count(${readingSql(compactDate, name)})::DOUBLE, ` +
    `'codes': ${matches("^(0[0-9]+|[+-]?[0-9]{16,})$")}, ` +
    `'dottedThousands': ${matches("^[+-]?[0-9]{1,3}([.][0-9]{3})+$")}} AS ${name}`
  );
}

async function detectOne(
  database: Database,
  column: TextColumnToRead,
  first: FirstCounts,
  options: DetectOptions,
): Promise<Found> {
  const { trained } = column;
  return trained === undefined
    ? detect(database, column, first, options)
    : detectAgain(database, column, trained, first, options);
}

/** As in training, unless the cells are clearly written in another way: 3/4/2020 and 1.234 alone say too little. */
async function detectAgain(
  database: Database,
  column: TextColumnToRead,
  trained: Reading,
  first: FirstCounts,
  { decimal, prefersDecimalComma }: DetectOptions,
): Promise<Found> {
  const { present } = first;
  const counted = await countReadings(database, column.name, [trained]);
  const fitting = most(counted);
  const mayBeDecimalComma = isNumber(trained, "plain") && present > 0 && first.dottedThousands === present;
  const asTrained: Found = { reading: trained, trained, fitting, mayBeDecimalComma };
  if (fitting >= ENOUGH * present) return asTrained;
  const found = await detect(database, column, first, {
    decimal,
    // Where training had no thousands that were divided, 1,234 is what the file says by itself.
    prefersDecimalComma: isNumber(trained, "decimalComma") || (prefersDecimalComma && !isNumber(trained, "thousands")),
    prefersDayFirst: trained.type === "date" && trained.dayFirst === true,
  });
  const isNoWorse = fitting >= found.fitting && (fitting > present / 2 || column.type !== undefined);
  return isNoWorse ? asTrained : { ...found, trained };
}

async function detect(
  database: Database,
  { name, type, dayFirst }: TextColumnToRead,
  first: FirstCounts,
  options: DetectOptions,
): Promise<Found> {
  const { present } = first;
  const enough = ENOUGH * present;
  if (type === "text" || present === 0) {
    return { reading: TEXT, fitting: present, mayBeDecimalComma: false };
  }
  if (type === undefined) {
    if (first.codes > present - enough) {
      return { reading: TEXT, isCode: true, fitting: present, mayBeDecimalComma: false };
    }
    if (first.compactDates === present) return { reading: compactDate, fitting: present, mayBeDecimalComma: false };
    // Where dots divide thousands, 1.234 is none of these.
    if (first.plain >= enough && options.decimal !== ",") {
      return { reading: PLAIN, fitting: first.plain, mayBeDecimalComma: first.dottedThousands === present };
    }
  }
  const candidates: readonly Reading[] = [
    ...(type === "date" ? [] : numberCandidates(options)),
    ...(type === "number" ? [] : await likelyDates(database, name, present, options.prefersDayFirst)).filter(
      (one) => one.type !== "date" || (one.dayFirst ?? dayFirst) === dayFirst || dayFirst === undefined,
    ),
  ];
  let counted = await countReadings(database, name, candidates);
  if (type !== "date" && most(counted) < enough) {
    const [prefix, suffix] = await affixes(database, name);
    if (prefix !== "" || suffix !== "") {
      const withAffixes = numberCandidates(options, prefix, suffix);
      counted = [...counted, ...(await countReadings(database, name, withAffixes))];
    }
  }
  return choose(counted, type, present, enough);
}

interface Counted {
  readonly reading: Reading;
  readonly count: number;
}

function choose(
  counted: readonly Counted[],
  type: tables.ColumnType | undefined,
  present: number,
  enough: number,
): Found {
  const best = most(counted);
  const equal = counted.filter(({ count }) => count === best).map(({ reading }) => reading);
  const reading = equal[0] ?? TEXT;
  if (best < enough && (type === undefined || best === 0)) {
    const isAlmost = reading.type !== "text" && best > present / 2;
    return {
      reading: TEXT,
      fitting: best,
      ...(isAlmost && { almost: { type: reading.type, share: best / present } }),
      mayBeDecimalComma: false,
    };
  }
  return {
    reading,
    fitting: best,
    isAmbiguous: new Set(equal.map((one) => (one.type === "date" ? one.dayFirst : undefined))).size > 1,
    mayBeDecimalComma: equal.some((one) => isNumber(one, "decimalComma")),
  };
}

function isNumber(reading: Reading, notation: Notation): reading is NumberReading {
  return reading.type === "number" && reading.notation === notation;
}

function most(counted: readonly Counted[]): number {
  return Math.max(0, ...counted.map(({ count }) => count));
}

async function countReadings(
  database: Database,
  name: string,
  candidates: readonly Reading[],
  every = 1,
): Promise<readonly Counted[]> {
  if (candidates.length === 0) return [];
  const counts = candidates.map((one, index) => `count(${readingSql(one, name)})::DOUBLE AS n${index}`);
  const row = await database.row(`SELECT ${counts.join(", ")} FROM ${SAMPLE} WHERE rowid % ${every} = 0`);
  return candidates.map((reading, index) => ({ reading, count: asNumber(row[`n${index}`]) }));
}

/** Readings as dates that fit any of some hundred cells: to try a format on a text that does not have it is slow. */
async function likelyDates(
  database: Database,
  name: string,
  present: number,
  prefersDayFirst: boolean,
): Promise<readonly Reading[]> {
  const candidates = [...dateCandidates(prefersDayFirst), compactDate];
  const every = Math.max(1, Math.floor(present / FIRST_TRIED));
  const counted = await countReadings(database, name, candidates, every);
  return counted.filter(({ count }) => count > 0).map(({ reading }) => reading);
}

/** Currencies stand on either side; behind a number stands any unit. Codes such as A12 are none. */
const CURRENCY = "[$€£¥₹₽₩₺₿]|US\\$|USD|EUR|GBP|CHF|JPY|CNY|INR|Rs\\.?";
const UNIT = "[\\p{L}%‰°µ$€£¥₹²³/]{1,12}";
const WITH_AFFIXES = `^[+-]?\\s*(${CURRENCY})?\\s*[+-]?[0-9][0-9.,'’ \u00a0\u202f]*(?:[eE][+-]?[0-9]+)?\\s*(${UNIT})?$`;

/** What stands before and behind the most of a column's numbers: `["$", ""]`, `["", "kg"]`. */
async function affixes(database: Database, name: string): Promise<readonly [string, string]> {
  const pattern = quoteText(WITH_AFFIXES);
  const [row] = await database.rows(
    `SELECT prefix, suffix FROM (SELECT regexp_extract(${name}, ${pattern}, 1) AS prefix, regexp_extract(${name}, ${pattern}, 2) AS suffix ` +
      `FROM ${SAMPLE} WHERE regexp_matches(${name}, ${pattern})) WHERE prefix <> '' OR suffix <> '' ` +
      "GROUP BY ALL ORDER BY count(*) DESC, prefix, suffix LIMIT 1",
  );
  return [asText(row?.["prefix"]), asText(row?.["suffix"])];
}
