/** `sandglass reconstruct` of images: a folder of pictures. */
import { extname, join } from "node:path";
import {
  counted,
  isStreamed,
  readSamples,
  rows,
  type AnyDataset,
  type Autoencoder,
  type Dataset,
} from "@sandglass/core";
import { requireImages, scaled, toPixels, type Cell } from "../images/index.ts";
import { UserError } from "../errors.ts";
import { loadRun } from "../runs/load-run.ts";
import { isTableName } from "../tables/index.ts";
import type { ReconstructArguments } from "./commands/reconstruct.ts";
import type { Context } from "./context.ts";
import { readingChoices } from "./data-options.ts";
import { fillFolder } from "./fill-folder.ts";
import { checkTarget, pictureFiles } from "./picture-files.ts";
import { withDevice } from "./with-device.ts";
import { withRunData } from "./with-run-data.ts";

const SHEET = { columns: 6, rows: 8, names: ["original", "reconstruction"] } as const;

/** Unless the user says how many, and where there are as many. */
const COUNT = 16;

/** @throws UserError when `--out` is no folder that pictures can be written into. */
export async function checkPictureTarget(run: string, { out, force = false }: ReconstructArguments): Promise<void> {
  if (isTableName(out)) {
    throw new UserError(
      `the run ${run} was not made with a table: reconstructions are written as PNG files into a folder, and ${out} names a ` +
        `${extname(out)} file; name a folder, such as --out pictures`,
      { exitCode: 2 },
    );
  }
  await checkTarget(out, force);
}

export async function reconstructImages(
  context: Context,
  typed: string,
  source: string,
  { out, split, count, zoom, ...options }: ReconstructArguments,
): Promise<void> {
  const { globals, output, signal } = context;
  const { cells, titles } = await withRunData(
    context,
    typed,
    { source, half: split, count, reading: readingChoices(options) },
    async ({ data: all, sampleNames, record }) => {
      const data = await firstSamples(all, count ?? COUNT);
      const deterministic = globals.deterministic ?? record.training.deterministic;
      return withDevice({ ...globals, deterministic }, async (device) => {
        const { model } = await loadRun(typed, { device });
        return { cells: await reconstruct(model, data, signal), titles: sampleNames };
      });
    },
  );
  const files = await fillFolder(out, pictureFiles({ ...SHEET, cells, titles, zoom, signal }));
  const text = `${counted(cells.length, "image")} beside ${cells.length === 1 ? "its reconstruction" : "their reconstructions"}: ${join(out, files[0] ?? "")}`;
  output.result(text, { out, count: cells.length, files });
}

function firstSamples(data: AnyDataset, count: number): Promise<Dataset> {
  const most = Math.min(count, data.count);
  return isStreamed(data) ? readSamples(data, most) : Promise.resolve(rows(data, 0, most));
}

async function reconstruct(model: Autoencoder, data: Dataset, signal: AbortSignal): Promise<Cell[]> {
  const layout = requireImages(data.shape);
  const size = data.values.length / data.count;
  const reconstructions = await model.reconstruct(data, { signal });
  return Array.from({ length: data.count }, (_, sample): Cell => {
    const [from, to] = [sample * size, (sample + 1) * size];
    const original = toPixels(scaled(data.values.subarray(from, to), data.scale), layout);
    return [original, toPixels(reconstructions.subarray(from, to), layout)];
  });
}
