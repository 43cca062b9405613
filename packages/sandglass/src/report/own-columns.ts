/** Samples that are rows of a table, in the user's own columns and units: an exhibit of features becomes one of cells. */
import type { Exhibit, GridExhibit, RowsExhibit, TableExhibit, tables } from "@sandglass/core";
import { cellTexts } from "./cell-texts.ts";
import { comparedRows } from "./compared-rows.ts";
import { splitSamples } from "./samples.ts";
import { weightCells } from "./weight-cells.ts";

/** Columns side by side, of tables that have more. */
const MOST_COLUMNS = 10;
/** More samples than that are a map of the codes, and no list. */
const MOST_LINES = 32;

/** Cells, and how many columns there are of which so many are shown. */
interface Cells {
  readonly table: TableExhibit;
  readonly of: number;
  /** `10 of 30 columns that differ most` */
  readonly which: (shown: number) => string;
}

/** The same exhibit of cells, where it is one of rows or of the weights of their features; otherwise the exhibit as it is. */
export function inOwnColumns(exhibit: Exhibit, encoder: tables.TableEncoder): Exhibit {
  const cells = cellsOf(exhibit, encoder);
  if (cells === undefined) return exhibit;
  const { table, of, which } = cells;
  const shown = table.columns.length;
  const some = shown < of ? ` Shown are the ${which(shown)}.` : "";
  return { ...table, title: exhibit.title, note: `${exhibit.note}${some}` };
}

function cellsOf(exhibit: Exhibit, encoder: tables.TableEncoder): Cells | undefined {
  const { width, featureNames } = encoder;
  const of = encoder.featureColumns.length;
  const areRows = (samples: readonly { readonly shape: readonly number[] }[]): boolean =>
    samples.every(({ shape }) => shape.length === 1 && shape[0] === width);
  if (exhibit.kind === "rows" && areRows(exhibit.rows)) {
    return exhibit.isReadAlong === true
      ? { table: lists(exhibit, encoder), of, which: (shown) => `first ${shown} of ${of} columns` }
      : {
          table: comparedRows(exhibit, encoder, MOST_COLUMNS),
          of,
          which: (shown) => `${shown} of ${of} columns that differ most`,
        };
  }
  if (exhibit.kind !== "grid" || !areRows([exhibit.samples])) return undefined;
  if (exhibit.samples.areWeights === true) {
    return {
      table: weightCells(exhibit, featureNames, MOST_COLUMNS),
      of: width,
      which: (shown) => `${shown} of ${width} features that weigh most`,
    };
  }
  if (splitSamples(exhibit.samples).length > MOST_LINES) return undefined;
  return { table: list(exhibit, encoder), of, which: (shown) => `first ${shown} of ${of} columns` };
}

/** A line for each sample. */
function list({ samples, captions }: GridExhibit, encoder: tables.TableEncoder): TableExhibit {
  return listed(encoder, [{ values: samples.values, names: captions }]);
}

/** A group for each row, with a line for each of its samples. */
function lists({ rows }: RowsExhibit, encoder: tables.TableEncoder): TableExhibit {
  return listed(
    encoder,
    rows.map(({ name, values }) => ({ caption: name, values })),
  );
}

interface List {
  readonly caption?: string;
  readonly values: Float32Array;
  /** One a line; a number unless given. */
  readonly names?: readonly string[] | undefined;
}

function listed(encoder: tables.TableEncoder, groups: readonly List[]): TableExhibit {
  const plans = encoder.preprocessing.columns.slice(0, MOST_COLUMNS);
  return {
    kind: "table",
    columns: plans.map(({ name, role }) => ({ name, isNumber: role === "number" })),
    groups: groups.map(({ caption, values, names }) => {
      const texts = cellTexts(encoder, values);
      return {
        ...(caption !== undefined && { caption }),
        lines: Array.from({ length: values.length / encoder.width }, (_, sample) => ({
          name: names?.[sample] ?? String(sample + 1),
          cells: plans.map((_, column) => texts[column]?.[sample] ?? ""),
        })),
      };
    }),
  };
}
