/** What `sandglass sample` does. */
import { join } from "node:path";
import type { Autoencoder } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { requireImages, toPixels, type Cell } from "../images/index.ts";
import { loadRecord, loadRun } from "../runs/load-run.ts";
import type { SampleArguments } from "./commands/sample.ts";
import type { Context } from "./context.ts";
import { fillFolder } from "./fill-folder.ts";
import { checkTarget, pictureFiles } from "./picture-files.ts";
import { withDevice } from "./with-device.ts";

const SHEET = { columns: 10, rows: 10, names: ["sample"] } as const;

export async function runSample(
  { globals, output, signal }: Context,
  typed: string,
  { out, count, label, zoom, force = false }: SampleArguments,
): Promise<void> {
  await checkTarget(out, force);
  const record = await loadRecord(typed);
  const deterministic = globals.deterministic ?? record.training.deterministic;
  const cells = await withDevice({ ...globals, deterministic }, async (device) => {
    const { model } = await loadRun(typed, { device });
    return draw(model, { count, label, seed: globals.seed ?? 0 });
  });
  const files = await fillFolder(out, pictureFiles({ ...SHEET, cells, zoom, signal }));
  output.result(`${cells.length} samples: ${join(out, files[0] ?? "")}`, { out, count: cells.length, files });
}

interface Wanted {
  readonly count: number;
  readonly label: number | undefined;
  readonly seed: number;
}

async function draw(model: Autoencoder, { count, label, seed }: Wanted): Promise<Cell[]> {
  const layout = requireImages(model.shape);
  if (label !== undefined && model.network.isConditional !== true) {
    throw new UserError("--label is for models that were trained with --conditional; this one knows no classes", {
      exitCode: 2,
    });
  }
  const labels = label === undefined ? undefined : new Uint8Array(count).fill(label);
  const values = await model.sample(count, { seed, ...(labels && { labels }) });
  const size = values.length / count;
  return Array.from({ length: count }, (_, sample): Cell => [
    toPixels(values.subarray(sample * size, (sample + 1) * size), layout),
  ]);
}
