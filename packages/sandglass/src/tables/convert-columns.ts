/** From the raw table to the rows of the table: each column read as what it is, and what did not fit counted. */
import type { tables } from "@sandglass/core";
import type { Database } from "./database.ts";
import { detectReadings, ENOUGH, isAsTrained, type DetectedReading, type DetectOptions } from "./detect-readings.ts";
import { columnName, RAW, type RawColumn } from "./raw-table.ts";
import { finite, readingSql, TEXT, type Reading, type Readings } from "./reading.ts";
import { readingNotes } from "./reading-notes.ts";
import { asNumber, asText } from "./row-values.ts";
import { ROWS, type TableColumn } from "./table.ts";

export interface ConvertOptions extends DetectOptions {
  /** What the user says of columns, by their names. */
  readonly types: Readonly<Record<string, tables.ColumnType>>;
  /** How columns were read in training, by their names. */
  readonly readings: Readings;
  /** Whether the dates of columns have the day before the month, by their names. */
  readonly dayFirst: Readonly<Record<string, boolean>>;
}

/** What becomes of one column. */
interface Plan {
  readonly column: RawColumn;
  /** Its name in the database. */
  readonly name: string;
  readonly type: tables.ColumnType;
  readonly sql: string;
  /** Of columns of text. */
  readonly detected?: DetectedReading;
}

/** Cells of a column that do not fit its reading. */
export interface Misfits {
  readonly count: number;
  readonly present: number;
  /** The first of them. */
  readonly example: string;
}

const COLUMNS_AT_ONCE = 200;
/** The whole numbers that a float keeps. */
const MOST_EXACT = 2 ** 53;

/** Fills the table of rows from the raw table, which is gone afterwards. */
export async function convertColumns(
  database: Database,
  raw: readonly RawColumn[],
  options: ConvertOptions,
): Promise<{ columns: readonly TableColumn[]; notes: readonly string[] }> {
  let plans = await planColumns(database, raw, options);
  await fill(database, plans);
  let misfits = await countMisfits(database, plans);
  const isWrong = (index: number): boolean => {
    const { column, detected } = plans[index] as Plan;
    const found = misfits.get(index);
    const isKept = options.types[column.name] !== undefined || (detected !== undefined && isAsTrained(detected));
    return found !== undefined && !isKept && found.count > (1 - ENOUGH) * found.present;
  };
  // The rows that were looked at have misled: rarely, and then the column is text after all.
  if (plans.some((_, index) => isWrong(index))) {
    plans = plans.map((plan, index) => (isWrong(index) ? asTextAfterAll(plan, misfits.get(index) as Misfits) : plan));
    await database.run(`DROP TABLE ${ROWS}`);
    await fill(database, plans);
    misfits = await countMisfits(database, plans);
  }
  const examples = await examplesOfText(database, plans);
  await database.run(`DROP TABLE ${RAW}`);
  return {
    columns: plans.map(({ column, type, detected }) => ({
      name: column.name,
      type,
      sqlType: column.sqlType,
      ...unitOf(detected?.reading),
      ...(detected && { reading: detected.reading }),
    })),
    notes: readingNotes(
      plans.map(({ column: { name }, detected }, index) => ({
        name,
        detected,
        misfits: misfits.get(index),
        example: examples.get(index),
      })),
    ),
  };
}

async function planColumns(
  database: Database,
  raw: readonly RawColumn[],
  options: ConvertOptions,
): Promise<readonly Plan[]> {
  const { types, readings: trained, dayFirst } = options;
  const texts = raw.flatMap(({ name, sqlType }, index) =>
    sqlType === "VARCHAR"
      ? [{ name: columnName(index), type: types[name], trained: trained[name], dayFirst: dayFirst[name] }]
      : [],
  );
  const readings = await detectReadings(database, texts, options);
  const detected = new Map(texts.map(({ name }, index) => [name, readings[index] as DetectedReading]));
  const tooLong = await columnsOfLongNumbers(database, raw);
  return raw.map((column, index) => {
    const name = columnName(index);
    const found = detected.get(name);
    if (found !== undefined) {
      return { column, name, type: found.reading.type, sql: readingSql(found.reading, name), detected: found };
    }
    const chosen = types[column.name];
    if (chosen === "text" || (chosen === undefined && tooLong.has(name))) {
      return {
        column,
        name,
        type: "text",
        sql: `${name}::VARCHAR`,
        ...(chosen === undefined && { detected: { reading: TEXT, isCode: true } }),
      };
    }
    return { column, name, ...nativeSql(column.sqlType, name) };
  });
}

/** Columns whose cells have a type already. */
function nativeSql(sqlType: string, name: string): { type: tables.ColumnType; sql: string } {
  if (sqlType === "BOOLEAN") return { type: "text", sql: `${name}::VARCHAR` };
  if (sqlType === "TIME" || sqlType.startsWith("TIME WITH")) {
    return { type: "date", sql: `DATE '1970-01-01' + ${name}::TIME` };
  }
  if (sqlType === "DATE" || sqlType.startsWith("TIMESTAMP")) {
    return { type: "date", sql: `CASE WHEN isfinite(${name}) THEN ${name}::TIMESTAMP END` };
  }
  if (sqlType === "INTERVAL") return { type: "number", sql: `epoch(${name})` };
  return { type: "number", sql: finite(`${name}::DOUBLE`) };
}

/** Whole numbers beyond those that a float keeps are codes: of accounts, of devices. */
async function columnsOfLongNumbers(database: Database, raw: readonly RawColumn[]): Promise<ReadonlySet<string>> {
  const names = raw.flatMap(({ sqlType }, index) => (/^U?(BIG|HUGE)INT$/.test(sqlType) ? [columnName(index)] : []));
  if (names.length === 0) return new Set();
  const row = await database.row(
    `SELECT ${names.map((name) => `max(abs(${name}::DOUBLE)) AS ${name}`).join(", ")} FROM ${RAW}`,
  );
  return new Set(names.filter((name) => asNumber(row[name]) > MOST_EXACT));
}

async function fill(database: Database, plans: readonly Plan[]): Promise<void> {
  const selected = plans.map(({ name, sql }) => `${sql} AS ${name}`).join(", ");
  await database.run(`CREATE TABLE ${ROWS} AS SELECT ${selected} FROM ${RAW}`);
}

/** By the numbers of columns: only those that have any. */
async function countMisfits(database: Database, plans: readonly Plan[]): Promise<ReadonlyMap<number, Misfits>> {
  const misfits = new Map<number, Misfits>();
  const candidates = plans.flatMap(({ type, detected }, index) =>
    detected !== undefined && type !== "text" ? [index] : [],
  );
  for (let from = 0; from < candidates.length; from += COLUMNS_AT_ONCE) {
    const some = candidates.slice(from, from + COLUMNS_AT_ONCE);
    const counts = some.map((index) => `count(${columnName(index)})::DOUBLE AS ${columnName(index)}`).join(", ");
    const before = await database.row(`SELECT ${counts} FROM ${RAW}`);
    const after = await database.row(`SELECT ${counts} FROM ${ROWS}`);
    for (const index of some) {
      const name = columnName(index);
      const present = asNumber(before[name]);
      const count = present - asNumber(after[name]);
      if (count > 0) misfits.set(index, { count, present, example: await firstMisfit(database, name) });
    }
  }
  return misfits;
}

async function firstMisfit(database: Database, name: string): Promise<string> {
  const row = await database.row(
    `SELECT ${RAW}.${name} AS cell FROM ${RAW} JOIN ${ROWS} ON ${RAW}.rowid = ${ROWS}.rowid ` +
      `WHERE ${RAW}.${name} IS NOT NULL AND ${ROWS}.${name} IS NULL ORDER BY ${RAW}.rowid LIMIT 1`,
  );
  return asText(row["cell"]);
}

function asTextAfterAll(plan: Plan, { count, present }: Misfits): Plan {
  const { type } = plan;
  return {
    ...plan,
    type: "text",
    sql: plan.name,
    detected: { reading: TEXT, ...(type !== "text" && { almost: { type, share: 1 - count / present } }) },
  };
}

/** Cells of columns that are almost numbers: one that is none, for the user to know what to mend. */
async function examplesOfText(database: Database, plans: readonly Plan[]): Promise<ReadonlyMap<number, string>> {
  const examples = new Map<number, string>();
  for (const [index, { name, detected }] of plans.entries()) {
    if (detected?.almost === undefined) continue;
    const row = await database.rows(
      `SELECT ${name} AS cell FROM ${RAW} WHERE NOT regexp_matches(${name}, '^[^0-9]?[0-9]') ORDER BY rowid LIMIT 1`,
    );
    examples.set(index, asText(row[0]?.["cell"]));
  }
  return examples;
}

function unitOf(reading: Reading | undefined): { unit?: string } {
  if (reading?.type !== "number") return {};
  const unit = reading.prefix || reading.suffix;
  return unit === "" ? {} : { unit };
}
