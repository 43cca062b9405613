export {
  earlyStopping,
  lambdaCallback,
  learningRateScheduler,
  progressLine,
  reduceLROnPlateau,
  terminateOnNaN,
} from "@sandglass/core";
export { backupAndRestore, csvLogger, modelCheckpoint, tensorBoard } from "./file-callbacks.ts";
