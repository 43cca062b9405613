/** Where a named data set is, without loading it. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { defaultCacheFolder } from "../data/cache-folder.ts";
import { spellings } from "../data/locate.ts";
import type { NamedSet, PublishedFile, PublishedSet } from "../data/registry.ts";

export interface Whereabouts {
  /** `absent` means that it is downloaded when it is first used. */
  readonly state: "drawn" | "found" | "incomplete" | "absent";
  /** In words, with the folder or the address. */
  readonly where: string;
}

export async function whereabouts(
  set: NamedSet,
  dataDir: string | undefined = process.env["SANDGLASS_DATA"],
): Promise<Whereabouts> {
  if (set.kind === "drawn") return { state: "drawn", where: "drawn by Sandglass" };
  const files = filesOf(set);
  const folders = [dataDir ?? "", defaultCacheFolder()].filter((folder) => folder !== "");
  for (const folder of folders.map((root) => join(root, set.name))) {
    const found = await Promise.all(files.map((file) => isThere(folder, file)));
    if (found.every(Boolean)) return { state: "found", where: folder };
    if (found.some(Boolean)) {
      return { state: "incomplete", where: `${folder} (${found.filter(Boolean).length} of ${files.length} files)` };
    }
  }
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  return { state: "absent", where: `downloaded when used: ${set.sources[0]} (${megabytes.toFixed(0)} MB)` };
}

function filesOf({ files }: PublishedSet): PublishedFile[] {
  return Object.values(files).flatMap(({ images, labels }) => [images, labels]);
}

async function isThere(folder: string, { name }: PublishedFile): Promise<boolean> {
  for (const spelling of spellings(name)) {
    const stats = await stat(join(folder, spelling)).catch(() => undefined);
    if (stats?.isFile() === true) return true;
  }
  return false;
}
