export * from "@sandglass/core";
export * as callbacks from "./callbacks/index.ts";
export { backupAndRestore, csvLogger, modelCheckpoint, tensorBoard } from "./callbacks/index.ts";
export * from "./data/index.ts";
export { UserError } from "./errors.ts";
export { nodeFiles } from "./files/node-files.ts";
export * from "./runs/index.ts";
export * from "./tables/index.ts";
export * from "./training/index.ts";
