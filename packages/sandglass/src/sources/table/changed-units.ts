import type { TableColumn } from "../../tables/index.ts";

/** What stood beside the numbers of columns, by their names: `kg`, `$`. */
export type Units = Readonly<Record<string, string>>;

/** The units of the columns that have one. */
export function unitsOf(columns: readonly TableColumn[]): Units {
  return Object.fromEntries(columns.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit]])));
}

/** Which columns say another unit than in training, in plain words. Where either says none, there is nothing to compare. */
export function changedUnits(trained: Units, columns: readonly TableColumn[]): readonly string[] {
  return columns.flatMap(({ name, unit }) => {
    const before = trained[name];
    if (unit === undefined || before === undefined || unit === before) return [];
    return [
      `column "${name}" is in ${unit} here, and was in ${before} in training; its numbers are taken as they are, so convert them first`,
    ];
  });
}
