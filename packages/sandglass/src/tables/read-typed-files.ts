/** Parquet and JSON into the raw table: files that say themselves what their columns are. */
import { tables } from "@sandglass/core";
import { cleanCell } from "./cells.ts";
import { columnDifferences } from "./column-differences.ts";
import { checkColumnCount } from "./csv/check-width.ts";
import { firstLine, type Database } from "./database.ts";
import { UserError } from "../errors.ts";
import { columnName, RAW, type RawColumn, type RawTable } from "./raw-table.ts";
import { asText } from "./row-values.ts";
import { quotePaths } from "./sql-text.ts";

export type TypedFormat = "parquet" | "json";

const readers: Readonly<Record<TypedFormat, (paths: readonly string[]) => string>> = {
  parquet: (paths) => `read_parquet(${quotePaths(paths)}, union_by_name = true)`,
  // All rows are looked at, so that none has another type than its column.
  json: (paths) => `read_json(${quotePaths(paths)}, union_by_name = true, sample_size = -1)`,
};

const formatNames: Readonly<Record<TypedFormat, string>> = { parquet: "Parquet", json: "JSON" };

/** How values come out of lists and objects. */
const UNNEST: Readonly<Record<TypedFormat, string>> = {
  json: "Bring each value to a column of its own, for instance with pandas.json_normalize",
  parquet: "Bring each value to a column of its own before it is written",
};

/**
 * Reads files into the raw table. Texts are cleaned as those of CSV files are; columns that hold lists or objects are left out.
 *
 * @throws UserError when a file cannot be read, there are no rows or no columns, or the files do not belong together.
 */
export async function readTypedFiles(
  database: Database,
  paths: readonly string[],
  format: TypedFormat,
): Promise<RawTable> {
  const described: { path: string; others: number; names: readonly string[] }[] = [];
  for (const path of paths) {
    const names = (await describe(database, [path], format)).map(({ name }) => name);
    const last = described.at(-1);
    if (last?.names.join("\0") === names.join("\0")) last.others++;
    else described.push({ path, others: 0, names });
  }
  const differences = columnDifferences(described);
  const columns = await describe(database, paths, format);
  const kept = columns.filter(({ sqlType }) => !isNested(sqlType));
  const nested = columns.filter(({ sqlType }) => isNested(sqlType));
  if (kept.length === 0) {
    throw new UserError(
      `${paths[0]} has no columns of numbers, texts or dates, only ${columns.map(({ name }) => name).join(", ")}, which hold ` +
        `lists, objects or bytes; expected a table with single values. ${UNNEST[format]}`,
    );
  }
  await database.expectColumns(kept.length);
  // Quoted names are those that DuckDB gave itself.
  const selected = kept.map((column, index) => `${valueSql(column)} AS ${columnName(index)}`).join(", ");
  await guard(paths, format, () =>
    database.run(`CREATE TABLE ${RAW} AS SELECT ${selected} FROM ${readers[format](paths)}`),
  );
  const [row, another] = await database.rows(`SELECT 1 AS found FROM ${RAW} LIMIT 2`);
  if (row === undefined) throw new UserError(`${paths[0]} has no rows`);
  const list = nested.find(({ sqlType }) => sqlType.endsWith("[]"));
  if (format === "json" && another === undefined && list !== undefined) {
    throw new UserError(
      `${paths[0]} holds a single object, of which "${list.name}" is a list; expected a list of rows, or a row a line. ` +
        "If that list is the table, write it to a file of its own",
    );
  }
  return {
    columns: kept.map(({ name, sqlType }) => ({ name, sqlType: isText(sqlType) ? "VARCHAR" : sqlType })),
    notes: [
      ...differences,
      ...tables.joinNotes(
        nested.map(({ name }) => ({
          kind: "nested",
          column: name,
          text: `column ${name} holds lists, objects or bytes in each row and is left out`,
        })),
        { nested: (columns) => `${columns} hold lists, objects or bytes in each row and are left out` },
      ),
    ],
    leftOut: new Uint32Array(),
    prefersDecimalComma: false,
  };
}

async function describe(
  database: Database,
  paths: readonly string[],
  format: TypedFormat,
): Promise<readonly RawColumn[]> {
  const rows = await guard(paths, format, () => database.rows(`DESCRIBE SELECT * FROM ${readers[format](paths)}`));
  checkColumnCount(paths[0] ?? "", rows.length);
  return rows.map((row) => ({ name: asText(row["column_name"]), sqlType: asText(row["column_type"]) }));
}

function isNested(sqlType: string): boolean {
  return /[\])]$|^BLOB$|^BIT$/.test(sqlType) && !/^(DECIMAL|ENUM)\(/.test(sqlType)
    ? true
    : /^(STRUCT|MAP|UNION)/.test(sqlType);
}

function isText(sqlType: string): boolean {
  return ["VARCHAR", "JSON", "UUID"].includes(sqlType) || sqlType.startsWith("ENUM(");
}

function valueSql({ name, sqlType }: RawColumn): string {
  const value = `"${name.replaceAll('"', '""')}"`;
  if (sqlType === "JSON") return cleanCell(`json_extract_string(${value}, '$')`);
  return isText(sqlType) ? cleanCell(`${value}::VARCHAR`) : value;
}

async function guard<T>(paths: readonly string[], format: TypedFormat, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof UserError || !/^[A-Z][A-Za-z ]+ Error: /.test(error.message)) {
      throw error;
    }
    const which = paths.length === 1 ? `${paths[0]} cannot` : `${paths[0]} and ${paths.length - 1} more files cannot`;
    throw new UserError(`${which} be read as ${formatNames[format]}: ${firstLine(error.message)}`, { cause: error });
  }
}
