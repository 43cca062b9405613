/** What the benchmarks of images have in common: options, photos that are made anew, and where results go. */
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isStreamed, type StreamedDataset } from "@sandglass/core";
import { openImages } from "sandglass";
import { describeMachine } from "../machine.ts";
import { makePhotos } from "./make-photos.ts";

export interface PhotoOptions {
  /** Photos to make. */
  readonly images: number;
  /** Pixels on a side of what they are brought to. */
  readonly size: number;
  readonly batch: number;
  readonly rounds: number;
}

/**
 * The options `--images`, `--size`, `--batch` and `--rounds`, and others of the benchmark's own.
 *
 * @param usual what they are unless given.
 * @param texts other options, as texts.
 */
export function photoOptions<Texts extends Readonly<Record<string, string>>>(
  usual: PhotoOptions,
  texts: Texts,
): PhotoOptions & { readonly [Name in keyof Texts]: string } {
  const defaults = Object.entries({ ...usual, ...texts });
  const { values } = parseArgs({
    options: Object.fromEntries(defaults.map(([name, value]) => [name, { type: "string", default: String(value) }])),
  });
  const numbers = Object.keys(usual).map((name) => [name, Number(values[name])]);
  return { ...values, ...Object.fromEntries(numbers) } as PhotoOptions & { readonly [Name in keyof Texts]: string };
}

export interface Photos {
  readonly paths: readonly string[];
  /** Bytes of a file, on average. */
  readonly meanBytes: number;
  /** Nothing of them is kept decoded. */
  readonly data: StreamedDataset;
}

/** Makes photos, opens them as a training reads them, and removes them after they were used. */
export async function withPhotos<Result>(
  { images: count, size }: Pick<PhotoOptions, "images" | "size">,
  use: (photos: Photos) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "sandglass-bench-"));
  try {
    process.stderr.write(`making ${count} images\n`);
    const paths = await makePhotos(folder, count);
    const entries = await Promise.all(
      paths.map(async (path) => ({
        name: path,
        location: { kind: "file", path } as const,
        bytes: (await stat(path)).size,
      })),
    );
    const plan = { height: size, width: size, channels: 3, fit: "cover", depth: 8 } as const;
    const { data, close } = await openImages(entries, plan, { cacheBytes: 0 });
    if (!isStreamed(data)) throw new Error("the images were to be streamed");
    const meanBytes = Math.round(entries.reduce((sum, { bytes }) => sum + bytes, 0) / count);
    try {
      return await use({ paths, meanBytes, data });
    } finally {
      await close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes what was measured, with the machine and the command, to `bench/results/images/NAME.json`.
 *
 * @param program the file of the benchmark.
 */
export async function writeResult(program: string, name: string, measured: object): Promise<void> {
  const result = {
    name,
    date: new Date().toISOString(),
    command: `node bench/images/${program} ${process.argv.slice(2).join(" ")}`.trim(),
    machine: describeMachine(),
    ...measured,
  };
  const results = fileURLToPath(new URL("../results/images", import.meta.url));
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** The peak of the process. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
