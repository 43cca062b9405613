/** What `sandglass sample` does. */
import { join } from "node:path";
import type { Autoencoder } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { imageLayout, toPixels, type Cell } from "../images/index.ts";
import { formatSamples } from "../text/number-format.ts";
import { loadRecord, loadRun } from "../runs/load-run.ts";
import { classNumber } from "./class-label.ts";
import type { SampleArguments } from "./commands/sample.ts";
import type { Context } from "./context.ts";
import { fillFolder, type NamedFile } from "./fill-folder.ts";
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
  const drawn = await withDevice({ ...globals, deterministic }, async (device) => {
    const { model } = await loadRun(typed, { device });
    const wanted = label === undefined ? undefined : wantedClass(model, label, record.data.classNames);
    return draw(model, { count, wanted, seed: globals.seed ?? 0, signal });
  });
  const layout = imageLayout(drawn.shape);
  const content =
    layout === undefined
      ? tableFile(drawn.samples)
      : pictureFiles({
          ...SHEET,
          cells: drawn.samples.map((values): Cell => [toPixels(values, layout)]),
          zoom,
          signal,
        });
  const files = await fillFolder(out, content);
  output.result(`${formatSamples(count)}: ${join(out, files[0] ?? "")}`, { out, count, files });
}

interface Wanted {
  readonly count: number;
  /** A class; all in turn unless given. */
  readonly wanted: number | undefined;
  readonly seed: number;
  readonly signal: AbortSignal;
}

interface Drawn {
  readonly shape: readonly number[];
  readonly samples: readonly Float32Array[];
}

async function draw(model: Autoencoder, { count, wanted, seed, signal }: Wanted): Promise<Drawn> {
  const labels = wanted === undefined ? undefined : new Uint16Array(count).fill(wanted);
  const values = await model.sample(count, { seed, signal, ...(labels && { labels }) });
  const size = values.length / count;
  const samples = Array.from({ length: count }, (_, sample) => values.subarray(sample * size, (sample + 1) * size));
  return { shape: model.shape, samples };
}

/** @throws UserError when the model draws samples of no such class. */
function wantedClass(model: Autoencoder, label: string, classNames: readonly string[] | undefined): number {
  if (model.network.isConditional !== true) {
    throw new UserError("--label is for models that were trained with --conditional; this one knows no classes", {
      exitCode: 2,
    });
  }
  return classNumber(label, { numClasses: model.description.brief.numClasses, classNames });
}

/** What is no image, as a table with a line for each sample. */
async function* tableFile(samples: readonly Float32Array[]): AsyncGenerator<NamedFile, void> {
  const lines = samples.map((values) => `${values.join(",")}\n`);
  yield ["samples.csv", new TextEncoder().encode(lines.join(""))];
}
