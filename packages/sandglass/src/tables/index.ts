export { columnMeanings, type ColumnMeanings, type ColumnWord } from "./column-words.ts";
export type { CsvChoices } from "./csv/csv-choices.ts";
export { isPlainTableName, isTableName } from "./find-table-files.ts";
export { openTable, type OpenTableOptions } from "./open-table.ts";
export { parseReadings } from "./parse-readings.ts";
export type { Readings } from "./reading.ts";
export { rowNumbers, type RowNumber } from "./row-numbers.ts";
export { readColumns, readPieces, type ReadColumnsOptions, type TablePiece } from "./read-columns.ts";
export type { Table, TableColumn } from "./table.ts";
export { tableStatistics, type StatisticsOptions } from "./table-statistics.ts";
export type { EncodeRowsOptions, LoadedTable } from "./load/encode-rows.ts";
export type { TableSplit } from "./load/split-rows.ts";
export { areTooManyClasses, MOST_NUMBER_CLASSES } from "./load/label-classes.ts";
export { encodeNewRows, type EncodedRows, type EncodeNewRowsOptions } from "./load/encode-new-rows.ts";
export { loadColumns, loadTable, type LoadTableOptions } from "./load/load-table.ts";
export { matrixColumns } from "./load/matrix-columns.ts";
export { requireColumn } from "./require-column.ts";
export { FEWEST_ROWS, requireRows } from "./load/require-rows.ts";
export { formatOf, writeTable } from "./write-table.ts";
export { columnTable } from "./column-table.ts";
export { sampleRows, type SampledRows } from "./sampled-rows.ts";
export { dateCoverage, hasUnusualGap, type DateCoverage, type DateGap } from "./profile/date-coverage.ts";
export { findMissingTogether, type MissingTogether } from "./profile/missing-together.ts";
export { findMixedColumns, findStandIns, type MixedColumn, type StandIn } from "./profile/odd-values.ts";
export { profileTable, type ProfileOptions } from "./profile/profile-table.ts";
export type {
  ColumnProfile,
  Correlations,
  DateProfile,
  Duplicates,
  Histogram,
  NumberProfile,
  TableProfile,
  TextProfile,
} from "./profile/table-profile.ts";
