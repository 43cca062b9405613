export { collectStatistics, type CollectStatisticsOptions } from "./collect-statistics.ts";
export type { Column, ColumnType, DateColumn, NumberColumn, TextColumn } from "./column.ts";
export type { DecodeOptions } from "./column-coder.ts";
export { dateText } from "./dates.ts";
export { decideColumns } from "./decide-columns.ts";
export { joinNotes, type ColumnNote, type JoinedTexts } from "./join-notes.ts";
export { preprocessingNotes } from "./preprocessing-notes.ts";
export type {
  CategoryPreprocessing,
  ColumnPreprocessing,
  ColumnRole,
  DatePart,
  DatePreprocessing,
  LeaveOutReason,
  LeftOutColumn,
  LinearScale,
  NumberPreprocessing,
  Scaling,
  TablePreprocessing,
} from "./preprocessing.ts";
export {
  FREQUENT_VALUES,
  type ColumnStatistics,
  type DateStatistics,
  type Frequency,
  type NumberStatistics,
  type Spread,
  type TextStatistics,
} from "./statistics.ts";
export { TableChecker, type TableCheckerOptions } from "./table-checker.ts";
export type { TableChoices } from "./table-choices.ts";
export { TableEncoder, type FeatureColumn, type TransformOptions } from "./table-encoder.ts";
export { TableError } from "./table-error.ts";
