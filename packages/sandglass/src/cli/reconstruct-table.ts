/** `sandglass reconstruct` of tables: a table of the same columns. */
import { stat } from "node:fs/promises";
import { counted, type tables } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { loadRun } from "../runs/load-run.ts";
import { formatOf, writeTable } from "../tables/index.ts";
import { formatFigure } from "../text/number-format.ts";
import type { ReconstructArguments } from "./commands/reconstruct.ts";
import type { Context } from "./context.ts";
import { readingChoices } from "./data-options.ts";
import { reconstructRows } from "./reconstruct-rows.ts";
import { withDevice } from "./with-device.ts";
import { withRunData } from "./with-run-data.ts";

/** @throws UserError when `--out` names no table that may be written. */
export async function checkTableTarget(run: string, { out, force = false }: ReconstructArguments): Promise<void> {
  try {
    formatOf(out);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`the run ${run} was made with a table, and gives back another one: ${error.message}`, {
      exitCode: 2,
      cause: error,
    });
  }
  const stats = await stat(out).catch(() => undefined);
  if (stats === undefined || (stats.isFile() && force)) return;
  throw new UserError(
    stats.isFile()
      ? `there is a file ${out} already; choose another name, or write over it with --force`
      : `${out} is a folder; name a file`,
  );
}

export async function reconstructTable(
  context: Context,
  encoder: tables.TableEncoder,
  run: string,
  source: string,
  { out, split, count, ...options }: ReconstructArguments,
): Promise<void> {
  const { globals, output, signal } = context;
  const request = { source, half: split, count, reading: readingChoices(options) };
  await withRunData(context, run, request, async ({ data, rowNumber, record }) => {
    const deterministic = globals.deterministic ?? record.training.deterministic;
    await withDevice({ ...globals, deterministic }, async (device) => {
      const { model } = await loadRun(run, { device });
      const rows = reconstructRows(model, data, encoder, { rowNumber, signal });
      await writeTable(out, rows.pieces(), { signal });
      const mse = rows.mse();
      output.result(`${counted(data.count, "row")} with their errors, ${formatFigure(mse)} on average: ${out}`, {
        out,
        count: data.count,
        mse,
      });
    });
  });
}
