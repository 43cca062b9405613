import { basename, resolve } from "node:path";
import type { Listing } from "./listing.ts";
import { measureFiles } from "./measure-files.ts";
import { walkFolder } from "./walk-folder.ts";

/** The images below a folder. */
export async function listFolder(folder: string, signal?: AbortSignal): Promise<Listing> {
  const root = resolve(folder);
  const walked = await walkFolder(root, { signal });
  const { images, otherFiles, notes } = await measureFiles(root, walked.files, signal);
  return {
    label: basename(root) || root,
    whole: withSlashes(root),
    images,
    otherFiles,
    folders: walked.folders,
    notes: [...walked.notes, ...notes],
  };
}

/** A path of this platform with `/` between its parts. */
export function withSlashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}
