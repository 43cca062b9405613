/** Where the files of a published data set are: in the user's data folder, in the cache, or still on the network. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { download, DownloadError, type DownloadOptions } from "./download.ts";
import type { PublishedFile, PublishedSet, NamedSplit } from "./registry.ts";

export interface Folders {
  /** The user's own data: looked into first, never written to. */
  readonly dataDir?: string | undefined;
  /** Where downloads are kept. */
  readonly cacheDir: string;
}

/** Paths of the images and the labels of one half of a set, which are downloaded if they are nowhere. */
export async function locate(
  set: PublishedSet,
  split: NamedSplit,
  folders: Folders,
  options: DownloadOptions = {},
): Promise<{ readonly images: string; readonly labels: string }> {
  const { images, labels } = set.files[split];
  return {
    images: await locateFile(set, split, images, folders, options),
    labels: await locateFile(set, split, labels, folders, options),
  };
}

async function locateFile(
  set: PublishedSet,
  split: NamedSplit,
  file: PublishedFile,
  { dataDir, cacheDir }: Folders,
  options: DownloadOptions,
): Promise<string> {
  for (const folder of dataDir === undefined ? [cacheDir] : [dataDir, cacheDir]) {
    for (const name of spellings(file.name)) {
      const path = join(folder, set.name, name);
      if (await isFile(path)) return path;
    }
  }
  const path = join(cacheDir, set.name, file.name);
  const [official, ...mirrors] = set.sources;
  const urls = [`${official}${file.name}`, ...mirrors.map((source) => `${source}${file.name}`)] as const;
  try {
    await download({ urls, bytes: file.bytes, sha256: file.sha256 }, path, options);
  } catch (error) {
    if (error instanceof DownloadError) throw new UserError(explain(set, split, cacheDir, error), { cause: error });
    throw error;
  }
  return path;
}

/** A file may lie there as it was published or uncompressed. */
export function spellings(published: string): readonly string[] {
  return [published, published.replace(/\.gz$/, "")];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** What to do when nothing could be downloaded, with every address and every place. */
function explain(set: PublishedSet, split: NamedSplit, cacheDir: string, error: DownloadError): string {
  const { images, labels } = set.files[split];
  return [
    `could not download ${set.name}: ${error.message}`,
    "Without a network, fetch these files on another machine:",
    ...[images, labels].map((file) => `  ${set.sources[0]}${file.name}`),
    `and put them into ${join(cacheDir, set.name)}, or into a folder named ${set.name} anywhere ` +
      "and pass the folder above it as --data-dir (or SANDGLASS_DATA).",
    "The set `wardrobe` needs no download.",
  ].join("\n");
}
