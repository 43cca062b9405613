import { loadClassifierRun, type ClassifierRun } from "../classify/index.ts";
import type { UsableData } from "../sources/index.ts";
import type { Device } from "@sandglass/core";
import type { Context } from "./context.ts";
import { withDevice } from "./with-device.ts";
import { openRunData, type RunDataRequest } from "./with-run-data.ts";

/** A run of a classifier with data prepared as its own were. */
export interface ClassifierData extends UsableData, Pick<ClassifierRun, "classifier" | "record" | "folder"> {
  readonly device: Device;
}

/** Opens a classifier's run and data for it, does something with them, and closes both. */
export async function withClassifierData<Result>(
  context: Context,
  typed: string,
  request: RunDataRequest,
  use: (data: ClassifierData) => Promise<Result>,
): Promise<Result> {
  return withDevice(context.globals, async (device) => {
    const { classifier, record, folder, preparation } = await loadClassifierRun(typed, { device });
    try {
      const opened = await openRunData(context, { record, preparation }, request);
      try {
        return await use({ ...opened, classifier, record, folder, device });
      } finally {
        await opened.close();
      }
    } finally {
      await classifier.dispose();
    }
  });
}
