/** The labels of a table's rows: one column of it, whose values are classes. */
import { requireColumn } from "../require-column.ts";
import type { RowSource } from "./row-source.ts";
import type { RowLabels } from "./row-store.ts";

/** More different values are no classes but numbers to predict, or names. */
const MOST_CLASSES = 1000;
const MOST_SHARE = 0.5;

/** More different numbers are quantities, most likely. */
export const MOST_NUMBER_CLASSES = 20;

/** Whether a column has too many different values for classes to be made of them. */
export function areTooManyClasses(different: number, rows: number): boolean {
  return different > MOST_CLASSES || different > rows * MOST_SHARE;
}

/** What rows without a label are called. */
export const NO_LABEL = "no label";

export interface LabelClasses extends RowLabels {
  readonly notes: readonly string[];
}

/**
 * The classes of a column, in the order of its numbers or texts; none where it has more than a thousand different values, or hardly two rows of
 * each.
 *
 * @throws UserError when there is no such column.
 */
export async function labelClasses(source: RowSource, column: string): Promise<Partial<LabelClasses>> {
  const values = await columnKeys(source, column, "label");
  const { keys, numbers } = values;
  if (areTooManyClasses(keys.length, source.count)) {
    const different =
      keys.length > MOST_CLASSES
        ? `more than ${MOST_CLASSES} different values`
        : `${keys.length} different values in ${source.count} rows`;
    return { notes: [`column ${column}, the label, has ${different}, so no classes are made of it`] };
  }
  const order = Array.from(keys.keys()).toSorted((one, other) => compare(keys[one], keys[other]));
  const places = new Uint16Array(keys.length);
  for (const [place, key] of order.entries()) places[key] = place;
  const classNames = order.map((key) => String(keys[key] ?? NO_LABEL));
  const labels = keys.length <= 256 ? new Uint8Array(numbers.length) : new Uint16Array(numbers.length);
  for (let row = 0; row < labels.length; row++) labels[row] = places[numbers[row] as number] as number;
  const missing = keys.indexOf(undefined);
  const unlabelled = missing < 0 ? 0 : numbers.reduce((count, key) => count + (key === missing ? 1 : 0), 0);
  return {
    labels,
    classNames,
    notes: [
      ...quantityNotes(column, keys),
      ...(keys.length > 1
        ? []
        : [`column ${column}, the label, has the same value in all rows: there are no classes to tell apart`]),
      ...(unlabelled === 0
        ? []
        : [
            `column ${column}, the label, has no value in ${unlabelled.toLocaleString("en-US")} rows, which are the class "${NO_LABEL}"`,
          ]),
    ],
  };
}

function quantityNotes(column: string, keys: ColumnKeys["keys"]): readonly string[] {
  const numbers = keys.filter((key) => typeof key === "number").length;
  if (numbers <= MOST_NUMBER_CLASSES) return [];
  return [
    `column ${column}, the label, holds ${numbers} different numbers, and each becomes a class; if they are quantities, divide them into a few ` +
      "first, such as low and high, or leave --label out",
  ];
}

/** For each row a number that stands for the value of a column; rows without a value are a group of their own. */
export async function groupNumbers(source: RowSource, column: string): Promise<Uint32Array> {
  return (await columnKeys(source, column, "group", Infinity)).numbers;
}

interface ColumnKeys {
  readonly keys: readonly (string | number | undefined)[];
  readonly numbers: Uint32Array;
}

async function columnKeys(source: RowSource, name: string, what: string, most = MOST_CLASSES): Promise<ColumnKeys> {
  requireColumn(source, name, `the ${what} was to be`);
  const known = new Map<string | number | undefined, number>();
  const numbers = new Uint32Array(source.count);
  for await (const piece of source.pieces([name])) {
    const [column] = piece.columns;
    for (let row = 0; row < piece.count; row++) {
      const value = column?.values[row];
      const key = typeof value === "number" && Number.isNaN(value) ? undefined : value;
      let number = known.get(key);
      if (number === undefined) known.set(key, (number = known.size));
      numbers[piece.from + row] = number;
    }
    if (known.size > most) break;
  }
  return { keys: [...known.keys()], numbers };
}

/** Numbers by their size, texts by their characters, missing ones last. */
function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
  return one < other ? -1 : 1;
}
