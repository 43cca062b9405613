/** Brings columns of any table to the types that a preprocessing has seen, where that loses nothing. */
import type { Column, ColumnType } from "./column.ts";
import { dateText, isDate } from "./dates.ts";
import type { ColumnPreprocessing } from "./preprocessing.ts";
import { TableError } from "./table-error.ts";

const WORDS: Readonly<Record<ColumnType, string>> = { number: "numbers", text: "text", date: "dates" };

/** The number of a row in the user's table, by its place from 0 on. */
export type RowNumber = (row: number) => number;

/**
 * A column of the type that its role asks for: categories are texts; numbers may be written as texts.
 *
 * @param rowNumber what errors call a row of these, by its place from 0 on.
 * @throws TableError when there are values of another type.
 */
export function conformColumn(plan: ColumnPreprocessing, column: Column, rowNumber: RowNumber): Column {
  if (plan.role === "category") return asText(column);
  if (plan.role === column.type) return column;
  const { name } = column;
  if (plan.role === "number" && column.type === "text") {
    return { name, type: "number", values: Float64Array.from(column.values, readNumber) };
  }
  const texts = asText(column).values;
  const row = texts.findIndex((value) => value !== undefined);
  // A column without values has no type, whatever a reader may call it.
  if (row === -1) return { name, type: plan.role, values: new Float64Array(texts.length).fill(NaN) };
  throw otherType(plan, column.type, texts[row], rowNumber(row));

  function readNumber(text: string | undefined, row: number): number {
    if (text === undefined || text.trim() === "") return NaN;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw otherType(plan, "text", text, rowNumber(row));
  }
}

function asText(column: Column): Column & { readonly type: "text" } {
  if (column.type === "text") return column;
  const [isPresent, toText] = column.type === "date" ? [isDate, dateText] : [Number.isFinite, String];
  // Adding 0 makes 0 of −0, as statistics do.
  const values = Array.from(column.values, (value) => (isPresent(value) ? toText(value + 0) : undefined));
  return { name: column.name, type: "text", values };
}

function otherType(
  { name, role }: ColumnPreprocessing,
  came: ColumnType,
  value: string | undefined,
  row: number,
): TableError {
  const expected = role === "number" ? "numbers" : "dates";
  return new TableError(
    `column "${name}" held ${expected} in training, and ${WORDS[came]} came: ${JSON.stringify(value)} in row ${row}; ` +
      `mend such values, or leave them empty`,
  );
}
