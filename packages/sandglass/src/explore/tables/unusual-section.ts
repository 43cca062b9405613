/** The most unusual rows, in the user's own columns and units, with what makes them so. */
import type { TableExhibit } from "@sandglass/core";
import { formatBriefly, formatCount } from "../../text/number-format.ts";
import type { Section } from "../exploration.ts";
import type { TableFindings } from "./findings.ts";
import { cellType, formatCell, type CellType } from "./format-cell.ts";
import type { Cell, UnusualRow, UnusualRows } from "./unusual-rows.ts";

/** More columns than that make no table that can be read. */
const MOST_COLUMNS = 24;

export function unusualSection(findings: TableFindings): readonly Section[] {
  const { unusual, sample, profile, kind } = findings;
  if (unusual === undefined || unusual.worst.length === 0) return [];
  const all =
    sample.numbers.length === profile.count ? "all rows" : `${formatCount(sample.numbers.length)} rows at random`;
  const places = profile.files.length > 1 ? "all files together" : "the file";
  const counted = kind === "array" ? "from 1 on" : `as in ${places}, from 1 on, without the line of names`;
  const far =
    unusual.far === 0
      ? "None of them lies far from the others."
      : `${formatCount(unusual.far)} of all ${unusual.far === 1 ? "lies" : "lie"} far from the others.`;
  return [
    {
      title: "The most unusual rows",
      note:
        `Of ${all}, those that the principal components of other rows give back worst. Marked is what makes a row unusual, and below it what its other ` +
        `columns would lead one to expect. Rows are counted ${counted}. Beside each is how many times as large as usual its error is. ${far}`,
      parts: [{ content: exhibitOf(findings, unusual) }],
    },
  ];
}

function exhibitOf({ sample, profile }: TableFindings, { worst, usualError }: UnusualRows): TableExhibit {
  const named = new Set(worst.flatMap(({ values }) => values.map(({ column }) => column)));
  // What makes rows unusual first; then the others, as far as there is room.
  const columns = [
    ...profile.columns.filter(({ statistics }) => named.has(statistics.name)),
    ...profile.columns.filter(({ statistics }) => !named.has(statistics.name)),
  ].slice(0, Math.max(MOST_COLUMNS, Math.min(named.size, 2 * MOST_COLUMNS)));
  const types = columns.map(({ column, statistics }): CellType =>
    statistics.type === "text" ? "text" : cellType(column.type, statistics),
  );
  const names = columns.map(({ statistics }) => statistics.name);
  const valueOf = (name: string, row: UnusualRow): Cell =>
    sample.columns.find((column) => column.name === name)?.values[row.place];
  return {
    kind: "table",
    columns: names.map((name, index) => ({ name, isNumber: types[index] === "number" })),
    groups: worst.map((row) => {
      const odd = new Map(row.values.map((value) => [value.column, value]));
      return {
        caption: times(row.error / usualError),
        lines: [
          {
            name: `row ${formatCount(sample.numbers[row.place] ?? Number.NaN)}`,
            cells: names.map((name, index) => formatCell(types[index] as CellType, valueOf(name, row))),
            marked: names.flatMap((name, index) => (odd.has(name) ? [index] : [])),
          },
          {
            name: "expected",
            cells: names.map((name, index) =>
              odd.has(name) ? formatCell(types[index] as CellType, odd.get(name)?.expected) : "",
            ),
          },
        ],
      };
    }),
  };
}

function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${formatBriefly(ratio)} ×` : "";
}
