export type { CsvChoices } from "./csv/csv-choices.ts";
export { isTableName } from "./find-table-files.ts";
export { openTable, type OpenTableOptions } from "./open-table.ts";
export { readColumns, readPieces, type ReadColumnsOptions, type TablePiece } from "./read-columns.ts";
export type { Table, TableColumn } from "./table.ts";
export { tableStatistics, type StatisticsOptions } from "./table-statistics.ts";
