/** What `sandglass reconstruct` does. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset, Model } from "@sandglass/core";
import { fileSystemError } from "../data/file-system-error.ts";
import { UserError } from "../errors.ts";
import { drawSheet, encodePng, requireImages, scaled, toPixels, type PicturePair } from "../images/index.ts";
import { loadRecord, loadRun } from "../runs/load-run.ts";
import type { ReconstructArguments } from "./commands/reconstruct.ts";
import type { Context } from "./context.ts";
import { fillFolder, type NamedFile } from "./fill-folder.ts";
import { loadData } from "./load-data.ts";
import { withDevice } from "./with-device.ts";

/** Pairs on one sheet, and in one row of it. */
const PAIRS_ON_SHEET = 48;
const PAIRS_IN_ROW = 6;

export async function runReconstruct(
  context: Context,
  typed: string,
  source: string,
  { out, split, count, zoom, force = false }: ReconstructArguments,
): Promise<void> {
  const { globals, output, signal } = context;
  await checkTarget(out, force);
  const record = await loadRecord(typed);
  const data = await loadData(context, source, { split, count, seed: globals.seed ?? record.training.seed });
  const deterministic = globals.deterministic ?? record.training.deterministic;
  const pairs = await withDevice({ ...globals, deterministic }, async (device) => {
    const { model } = await loadRun(typed, { device });
    return reconstruct(model, data);
  });
  const files = await fillFolder(out, picturesOf(pairs, zoom, signal));
  const text = `${pairs.length} images beside their reconstructions: ${join(out, files[0] ?? "")}`;
  output.result(text, { out, count: pairs.length, files });
}

async function reconstruct(model: Model, data: Dataset): Promise<PicturePair[]> {
  const layout = requireImages(data.shape);
  const size = data.images.length / data.count;
  const reconstructions = await model.predict(data, { batchSize: 128 });
  return Array.from({ length: data.count }, (_, sample) => {
    const [from, to] = [sample * size, (sample + 1) * size];
    return {
      original: toPixels(scaled(data.images.subarray(from, to), data.scale), layout),
      reconstruction: toPixels(reconstructions.subarray(from, to), layout),
    };
  });
}

/** The sheets, then the pictures one by one. */
async function* picturesOf(
  pairs: readonly PicturePair[],
  zoom: number,
  signal: AbortSignal,
): AsyncGenerator<NamedFile, void> {
  const sheets = Math.ceil(pairs.length / PAIRS_ON_SHEET);
  for (let sheet = 0; sheet < sheets; sheet++) {
    const [first, ...rest] = pairs.slice(sheet * PAIRS_ON_SHEET, (sheet + 1) * PAIRS_ON_SHEET);
    if (first === undefined) continue;
    signal.throwIfAborted();
    const name = sheets === 1 ? "sheet.png" : `sheet-${String(sheet + 1).padStart(3, "0")}.png`;
    yield [name, await encodePng(drawSheet([first, ...rest], PAIRS_IN_ROW), zoom)];
  }
  const digits = Math.max(4, String(pairs.length - 1).length);
  for (const [index, { original, reconstruction }] of pairs.entries()) {
    signal.throwIfAborted();
    const number = String(index).padStart(digits, "0");
    yield [`${number}-original.png`, await encodePng(original)];
    yield [`${number}-reconstruction.png`, await encodePng(reconstruction)];
  }
}

/** Before anything is computed: files of the user's are not overwritten by chance. */
async function checkTarget(out: string, force: boolean): Promise<void> {
  const entries = await readdir(out).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw fileSystemError(error, out);
  });
  if (entries.length === 0 || force) return;
  throw new UserError(
    `the folder ${out} has files already (${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", …" : ""}); ` +
      "choose another folder, or write into it with --force",
  );
}
