import { loadClassifierRun, type ClassifierRun } from "../classify/index.ts";
import { openForUse, unreadableShare, type Half, type UsableData } from "../sources/index.ts";
import type { Device } from "@sandglass/core";
import type { Context } from "./context.ts";
import { openServices } from "./open-services.ts";
import { withDevice } from "./with-device.ts";

/** A run of a classifier with data prepared as its own were. */
export interface ClassifierData extends UsableData, Pick<ClassifierRun, "classifier" | "record" | "folder"> {
  readonly device: Device;
}

/** Opens a classifier's run and data for it, does something with them, and closes both. */
export async function withClassifierData<Result>(
  context: Context,
  typed: string,
  { source, half, count }: { readonly source: string; readonly half: Half; readonly count?: number | undefined },
  use: (data: ClassifierData) => Promise<Result>,
): Promise<Result> {
  const { globals, output } = context;
  return withDevice(globals, async (device) => {
    const { classifier, record, folder, preparation } = await loadClassifierRun(typed, { device });
    const seed = globals.seed ?? record.training.seed;
    const unreadable = unreadableShare(preparation, record.data.request);
    const opened = await openForUse(source, preparation, { half, count, unreadable, seed }, openServices(context));
    try {
      for (const note of opened.notes) output.note(`${opened.data.name}: ${note}`);
      return await use({ ...opened, classifier, record, folder, device });
    } finally {
      await opened.close();
      await classifier.dispose();
    }
  });
}
