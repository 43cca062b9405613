/** Folders of models on disk. */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { FolderFiles } from "./exchange.ts";

/** The folder of a model: its name without spaces. */
export function folderName(model: string): string {
  return model.replaceAll(" ", "-");
}

export async function writeFolder(folder: string, files: FolderFiles): Promise<void> {
  for (const [path, bytes] of files) {
    const target = join(folder, ...path.split("/"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}

export async function readFolder(folder: string): Promise<FolderFiles> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(
    paths.map(async (path) => {
      const inFolder = relative(folder, path).split(sep).join("/");
      return [inFolder, new Uint8Array(await readFile(path))] as const;
    }),
  );
  return new Map(files);
}

/** The folders of all models in a folder. */
export async function modelFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter(({ name }) => name === "manifest.json")
    .map(({ parentPath }) => parentPath)
    .toSorted();
}
