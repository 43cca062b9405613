/** Which rows of a table are trained on, and which are held back to validate with. */
import { counted, randomPart, splitBorder, splitNumbers } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { groupNumbers } from "./label-classes.ts";
import type { RowSource } from "./row-source.ts";
import type { RowLabels } from "./row-store.ts";

export interface TableSplit {
  /** How much to hold back for validation: a number of rows (1 or more) or a share of them (below 1); 0 for none. */
  readonly validation: number;
  readonly seed: number;
  /** A column whose values keep together: rows of one customer are never in both parts. */
  readonly group?: string | undefined;
  /** Which are held back: the last ones, any, or of each class of the label as much. By class where there are classes, else any, unless given. */
  readonly rule?: "last" | "random" | "stratified" | undefined;
  /** So many rows, drawn at random, are all that is used; all rows unless given. */
  readonly count?: number | undefined;
}

/** Numbers of rows from 0 on, in ascending order. */
export interface RowParts {
  readonly training: Uint32Array;
  readonly validation?: Uint32Array;
}

/**
 * Divides rows.
 *
 * @param labels of all rows, where there are classes.
 * @throws UserError when there are fewer rows than are to be drawn, no column of the group, or no classes to go by.
 * @throws DatasetError when a part would have no row.
 */
export async function splitRows(
  source: RowSource,
  split: TableSplit | undefined,
  labels: RowLabels["labels"] | undefined,
): Promise<RowParts> {
  const { validation, seed, group, rule = labels ? "stratified" : "random", count = source.count } = split ?? ALL;
  if (count > source.count) {
    throw new UserError(`${source.name} has ${counted(source.count, "row")}, and --count ${count} asks for more`, {
      exitCode: 2,
    });
  }
  const rows = randomPart(source.count, count, seed);
  if (validation === 0) return { training: rows };
  if (rule === "last") {
    const border = splitBorder({ name: source.name, count }, validation);
    return { training: rows.subarray(0, border), validation: rows.subarray(border) };
  }
  if (rule === "stratified" && labels === undefined) {
    throw new UserError("--split stratified goes by classes: say with --label which column has them", { exitCode: 2 });
  }
  const groups = group === undefined ? undefined : await groupNumbers(source, group);
  const parts = splitNumbers(count, {
    validation,
    seed,
    labels: rule === "stratified" ? labels && pick(labels, rows) : undefined,
    groups: groups && pick(groups, rows),
  });
  return { training: pick(rows, parts.training), validation: pick(rows, parts.validation) };
}

const ALL: TableSplit = { validation: 0, seed: 0 };

/** The values at some places. */
export function pick<Values extends Uint8Array | Uint16Array | Uint32Array>(
  values: Values,
  places: Uint32Array,
): Values {
  const picked = values.slice(0, places.length) as Values;
  for (const [index, place] of places.entries()) picked[index] = values[place] as number;
  return picked;
}
