export * from "../../nn/callbacks/index.ts";
export { tensorBoard, type TensorBoardOptions } from "../tensorboard/index.ts";
export { backupAndRestore, type BackupAndRestoreOptions } from "./backup-and-restore.ts";
export { csvLogger, type CsvLoggerOptions } from "./csv-logger.ts";
export { modelCheckpoint, type ModelCheckpointOptions } from "./model-checkpoint.ts";
