import { describe, expect, test } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { trainingView } from "../../nn/callbacks/testing/training-view.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { Files } from "../files.ts";
import { memoryFiles } from "../memory-files.ts";
import { csvLogger } from "./csv-logger.ts";

async function log(callback: Callback, epochs: readonly Logs[], first = 0): Promise<void> {
  await callback.onTrainBegin?.(trainingView());
  for (const [index, logs] of epochs.entries()) await callback.onEpochEnd?.(first + index, logs);
  await callback.onTrainEnd?.({});
}

async function textOf(files: Files, path = "log.csv"): Promise<string> {
  return new TextDecoder().decode(await files.read(path));
}

describe("csvLogger", () => {
  const { csv } = readFixture("callbacks");

  test.each(csv.map((entry) => [entry.options, entry] as const))(
    "with %j writes what Keras writes",
    async (options, { epochs, text }) => {
      const files = memoryFiles();
      const logs = epochs.map((figures) =>
        Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value ?? Number.NaN])),
      );
      await log(csvLogger("log.csv", { files, ...options }), logs);
      expect(await textOf(files)).toBe(text);
    },
  );

  test("begins anew, or goes on with what is there", async () => {
    const files = memoryFiles();
    const logs = { loss: 1, val_loss: 2 };
    const header = "epoch,loss,val_loss\r\n";
    await log(csvLogger("log.csv", { files }), [logs]);
    await log(csvLogger("log.csv", { files }), [logs]);
    expect(await textOf(files)).toBe(`${header}0,1.0,2.0\r\n`);
    await log(csvLogger("log.csv", { files, append: true }), [logs], 1);
    expect(await textOf(files)).toBe(`${header}0,1.0,2.0\r\n1,1.0,2.0\r\n`);
    await log(csvLogger("other.csv", { files, append: true }), [logs], 1);
    expect(await textOf(files, "other.csv")).toBe(`${header}1,1.0,2.0\r\n`);
  });

  test("goes on from its state, without the epochs that come again", async () => {
    const files = memoryFiles();
    const callback = csvLogger("log.csv", { files });
    await callback.onTrainBegin?.(trainingView());
    await callback.onEpochEnd?.(0, { loss: 1, val_loss: 2 });
    const { state } = callback;
    await callback.onEpochEnd?.(1, { loss: 3, val_loss: 4 });
    const next = csvLogger("log.csv", { files });
    await next.onTrainBegin?.(trainingView());
    await next.restoreState?.(state!, []);
    await next.onEpochEnd?.(1, { loss: 5, val_loss: 6 });
    expect(await textOf(files)).toBe("epoch,loss,val_loss\r\n0,1.0,2.0\r\n1,5.0,6.0\r\n");
  });

  test("begins a file that was taken away with its header", async () => {
    const files = memoryFiles();
    const callback = csvLogger("log.csv", { files });
    await log(callback, [{ loss: 1, val_loss: 2 }]);
    const { state } = callback;
    await files.remove("log.csv");
    await callback.onTrainBegin?.(trainingView());
    await callback.restoreState?.(state!, []);
    await callback.onEpochEnd?.(1, { loss: 5, val_loss: 6 });
    expect(await textOf(files)).toBe("epoch,loss,val_loss\r\n1,5.0,6.0\r\n");
  });
});
