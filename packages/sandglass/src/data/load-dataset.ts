/** From what the user names to samples in memory: a set that is drawn, one that is published, or the user's own files. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataset, rows, wardrobe, type Dataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import type { SampleCoding } from "./arrays/sample-coding.ts";
import { defaultCacheFolder } from "./cache-folder.ts";
import type { DownloadOptions } from "./download.ts";
import { readIdxFiles } from "./idx-files.ts";
import { locate } from "./locate.ts";
import { missingSplit } from "./missing-split.ts";
import {
  findNamedSet,
  namedSplits,
  type DrawnSet,
  type NamedSplit,
  type PublishedSet,
  type SplitName,
} from "./registry.ts";
import type { Note } from "./sample-format.ts";
import { findSamples } from "./sample-formats.ts";

export interface LoadOptions extends Pick<DownloadOptions, "onProgress" | "signal"> {
  /** A folder with one folder a set (`fashion-mnist/train-images-idx3-ubyte.gz`); default: SANDGLASS_DATA, if set. */
  readonly dataDir?: string | undefined;
  /** Where downloads are kept; default: the platform's cache folder. */
  readonly cacheDir?: string | undefined;
  /** Which part of the set; default "train". Data of one piece are loaded whole, whichever part is asked for. */
  readonly split?: SplitName;
  /** Only the first samples; of a set that is drawn, how many to draw. */
  readonly count?: number | undefined;
  /** For a set that is drawn: another seed draws other samples; default 0. */
  readonly seed?: number | undefined;
  /** Hears what the user should know of the data: how values were scaled, which arrays were left aside. */
  readonly onNote?: Note | undefined;
  /** What numbers and labels of arrays mean, where other arrays decided it. */
  readonly coding?: SampleCoding | undefined;
  /** Hears what these arrays decided. */
  readonly onCoding?: ((coding: SampleCoding) => void) | undefined;
}

/**
 * Loads a data set: one of the named sets (`wardrobe`, `fashion-mnist`, `mnist`), or what lies at a path: arrays of NumPy's (`.npz`, one of
 * whose arrays can be named, `data.npz:x`; `.npy`, or a folder of them), IDX files (plain or gzip-compressed; the labels beside are found by
 * their name), CIFAR's binary files.
 *
 * @throws UserError when there is no such set or part, a file is missing or damaged, or a download fails.
 * @example
 * const fashion = await loadDataset("fashion-mnist", { split: "test", dataDir: "data" });
 */
export async function loadDataset(nameOrPath: string, options: LoadOptions = {}): Promise<Dataset> {
  const { count } = options;
  checkCount(count);
  const named = findNamedSet(nameOrPath);
  if (named?.kind === "drawn") return drawSet(named, options);
  const data = await (named === undefined ? loadFound(nameOrPath, options) : loadPublishedSet(named, options));
  return count === undefined ? data : firstRows(data, count);
}

async function loadFound(
  path: string,
  { split = "train", onNote: note = () => undefined, coding, onCoding }: LoadOptions,
): Promise<Dataset> {
  const found = await findSamples(path, { note, coding });
  const data = await found.load(split);
  if (found.coding !== undefined) onCoding?.(found.coding);
  return data;
}

/** Loads one half of a set that its publisher offers as IDX files. */
export async function loadPublishedSet(set: PublishedSet, options: LoadOptions & DownloadOptions): Promise<Dataset> {
  const { dataDir = process.env["SANDGLASS_DATA"], cacheDir = defaultCacheFolder() } = options;
  const split = namedSplit(set.name, options.split);
  // An empty variable means none, as everywhere.
  const folder = dataDir === "" ? undefined : dataDir;
  if (folder !== undefined) await checkDataFolder(folder);
  const files = await locate(set, split, { dataDir: folder, cacheDir }, options);
  try {
    return await readIdxFiles(set.name, files, set.classNames);
  } catch (error) {
    if (error instanceof UserError && dirname(files.images) === join(cacheDir, set.name)) {
      throw new UserError(`${error.message}\nDelete the file, and it is downloaded again.`, { cause: error });
    }
    throw error;
  }
}

/** @throws UserError for a part that named sets do not have. */
function namedSplit(name: string, split: SplitName = "train"): NamedSplit {
  const found = namedSplits.find((candidate) => candidate === split);
  if (found === undefined) throw missingSplit(name, split, namedSplits);
  return found;
}

/** Seeds of the two halves lie apart, so that no image to judge with was trained on. */
const mostSeed = 2 ** 32;

function drawSet(set: DrawnSet, options: LoadOptions): Dataset {
  const split = namedSplit(set.name, options.split);
  const { count = set.counts[split], seed = 0 } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed >= mostSeed) {
    throw new UserError(`the seed must be a whole number from 0 to ${mostSeed - 1}; ${seed} came`, { exitCode: 2 });
  }
  checkMemory(set.name, count);
  const drawn = wardrobe({ count, seed: split === "train" ? seed : seed + mostSeed });
  return dataset(set.name, drawn.shape, drawn.images, { labels: drawn.labels, classNames: drawn.classNames });
}

async function checkDataFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch(() => undefined);
  if (stats?.isDirectory() === true) return;
  throw new UserError(
    `the data folder ${folder} ${stats === undefined ? "does not exist" : "is a file"}; ` +
      "correct --data-dir (or SANDGLASS_DATA), or leave it out to download what is needed",
  );
}

function checkCount(count: number | undefined): void {
  if (count === undefined || (Number.isInteger(count) && count >= 1)) return;
  throw new UserError(`the number of samples must be a whole number of 1 or more; ${count} came`, { exitCode: 2 });
}

/** More images than any machine holds are a slip of the keyboard. */
const mostDrawn = 10_000_000;

function checkMemory(name: string, count: number): void {
  if (count <= mostDrawn) return;
  throw new UserError(
    `${name} is drawn with up to ${mostDrawn.toLocaleString("en-US")} images; ${count} came as --count`,
    {
      exitCode: 2,
    },
  );
}

function firstRows(data: Dataset, count: number): Dataset {
  if (count <= data.count) return rows(data, 0, count);
  throw new UserError(`${data.name} has ${data.count} samples, and ${count} were asked for`, { exitCode: 2 });
}
