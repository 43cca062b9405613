/** Tables as data: CSV, TSV, Parquet and JSON files. */
import { createHash } from "node:crypto";
import { isStreamed, tables, type AnyDataset } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { encodeNewRows, loadTable, type LoadedTable, type Readings, type TableSplit } from "../../tables/index.ts";
import { checkSplitRules, refuseSplitRules } from "../check-split-rules.ts";
import { missingClassesOf } from "../divide-samples.ts";
import { hashOf } from "../hash-of.ts";
import type { PreparedData, ReadingChoices, SourceKind, TrainingRequest } from "../source-kind.ts";
import { changedUnits, unitsOf } from "./changed-units.ts";
import { columnChoices, type ColumnChoices } from "./column-choices.ts";
import { isTableSource } from "./is-table-source.ts";
import { leftOutHint } from "./left-out-hint.ts";
import { csvChoices, writingOf } from "./text-writing.ts";

/** The part of the rows that is held back unless the user says otherwise. */
const HELD_BACK = 0.1;

export const tableSource: SourceKind<"table"> = {
  kind: "table",
  title: "a table",
  takes: [
    "count",
    "split",
    "group",
    "label",
    "ignore",
    "types",
    "scaling",
    "unreadable",
    "delimiter",
    "header",
    "encoding",
    "decimal",
  ],

  recognizes: isTableSource,

  async openForTraining(source, request, { signal }) {
    const { types, dayFirst, choices } = columnChoices(request.choices);
    const csv = csvChoices(request.choices);
    const split = splitOf(source, request);
    return prepareTable(
      await asUsage(() => loadTable(source, { types, dayFirst, csv, choices, split, signal })),
      types,
      writingOf(request.choices),
    );
  },

  async openForUse(
    source,
    { preprocessing, types, readings, units = {}, classNames: names },
    { count, unreadable = 1, ...reading },
    { signal },
  ) {
    const encoder = new tables.TableEncoder(preprocessing);
    const label = preprocessing.leftOut.find(({ reason }) => reason === "label");
    const classes = label && names && { column: label.name, names };
    const csv = csvChoices({ ...reading, unreadable });
    const options = { types, readings, classes, count, csv, signal };
    const { data, rowNumber, columns, notes, close } = await asUsage(() => encodeNewRows(encoder, source, options));
    const learned = columns.filter(({ name }) => preprocessing.columns.some((column) => column.name === name));
    return {
      data,
      half: undefined,
      sampleNames: undefined,
      rowNumber,
      notes: [...notes, ...changedUnits(units, learned)],
      close,
    };
  },
};

function splitOf(source: string, { choices, validation = HELD_BACK, seed }: TrainingRequest): TableSplit {
  if (typeof validation === "string") {
    throw new UserError(
      `${source} comes in one piece and has no ${validation} part; hold rows back with --validation 0.1`,
      {
        exitCode: 2,
      },
    );
  }
  const { group, split: rule, count } = choices;
  if (validation === 0) refuseSplitRules(choices, "rows", "--validation 0 holds none back");
  checkSplitRules(choices, "rows");
  return { validation, seed, group, rule, count };
}

/**
 * A table that has been split and encoded, to make a run with.
 *
 * @param types what the user said that columns are, for tables that the run is used on.
 * @param reading what the user said of how texts are written, for the same.
 */
function prepareTable(loaded: LoadedTable, types: ColumnChoices["types"], reading: ReadingChoices): PreparedData {
  const { name, columns, training, validation, encoder, notes, leaks, close } = loaded;
  const { classNames } = training;
  const units = unitsOf(columns);
  return {
    name,
    training,
    validation,
    validatedWith: "held back",
    preparation: {
      kind: "table",
      preprocessing: encoder.toJSON(),
      types,
      ...(Object.keys(reading).length > 0 && { reading }),
      readings: readingsOf(loaded),
      units,
      ...(classNames && { classNames }),
    },
    fingerprint: fingerprintOf(loaded),
    notes: [...notes, ...missingClassesOf(loaded), ...leftOutHint(encoder.preprocessing)],
    leaks,
    close,
  };
}

/** How the columns that matter to a run were read: those that it learns from, and the label. */
function readingsOf({ columns, encoder }: LoadedTable): Readings {
  const { leftOut } = encoder.preprocessing;
  const ignored = new Set(leftOut.flatMap(({ name, reason }) => (reason === "label" ? [] : [name])));
  return Object.fromEntries(
    columns.flatMap(({ name, reading }) => (reading === undefined || ignored.has(name) ? [] : [[name, reading]])),
  );
}

/** Of what the rows became; of rows that lie in a file, of how they are encoded, and how many there are. */
function fingerprintOf({ training, validation, encoder }: LoadedTable): string {
  const describe = (data: AnyDataset): unknown => (isStreamed(data) ? data.count : hashOf(data));
  const parts = [training, ...(validation === undefined ? [] : [validation])];
  return createHash("sha256")
    .update(JSON.stringify([encoder.toJSON(), ...parts.map(describe)]))
    .digest("hex");
}

/** What does not fit the table was the user's choice. */
export async function asUsage<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof tables.TableError)) throw error;
    const hint = error.message.includes("give it the role")
      ? "\nRoles are given with --types, such as --types id=category"
      : "";
    throw new UserError(`${error.message}${hint}`, { cause: error });
  }
}
