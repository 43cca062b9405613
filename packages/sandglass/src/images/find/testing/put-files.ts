import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Makes files in a folder, empty but for those that are given bytes, and empty folders of paths that end with `/`. */
export function putFiles(folder: string, paths: ReadonlyArray<string | readonly [string, Uint8Array]>): string {
  for (const item of paths) {
    const [path, bytes] = typeof item === "string" ? [item, new Uint8Array(0)] : item;
    mkdirSync(join(folder, path.endsWith("/") ? path : dirname(path)), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
