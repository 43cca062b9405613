export { formatHistory, parseHistory, type EpochFigures } from "./history-csv.ts";
export { findRun } from "./last-run.ts";
export { loadRun, type Run } from "./load-run.ts";
export type { DataIdentity, RunEnvironment, RunRecord, RunState, TrainingSettings } from "./run-record.ts";
