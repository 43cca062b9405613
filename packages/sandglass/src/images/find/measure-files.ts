import { stat } from "node:fs/promises";
import { join } from "node:path";
import { mapInFlight } from "../in-flight.ts";
import { someNames } from "../../text/some-names.ts";
import type { FoundImage } from "./listing.ts";
import { isImageName } from "./file-names.ts";
import { count } from "./wording.ts";

/** Questions to the disk at the same time: as many as the threads that wait for it can use, and few enough that memory stays small. */
export const ASKED_AT_ONCE = 256;

export interface Measured {
  readonly images: readonly FoundImage[];
  readonly otherFiles: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Sorts paths below a folder into images and other files by their names, and asks the disk for the sizes of the images.
 *
 * @param paths with `/` between their parts.
 */
export async function measureFiles(root: string, paths: readonly string[], signal?: AbortSignal): Promise<Measured> {
  const named = paths.filter((path) => isImageName(path));
  const files = await mapInFlight(named, ASKED_AT_ONCE, (path) => measure(path, join(root, path)), signal);
  const gone = files.flatMap((file) => (file.kind === "gone" ? [file.path] : []));
  return {
    images: files.flatMap((file) => (file.kind === "file" ? [file.image] : [])),
    otherFiles: [
      ...paths.filter((path) => !isImageName(path)),
      ...files.flatMap((file) => (file.kind === "special" ? [file.path] : [])),
    ],
    notes:
      gone.length === 0
        ? []
        : [`the disk does not give ${count(gone.length, "file")} that it names: ${someNames(gone.toSorted())}`],
  };
}

type Looked =
  | { readonly kind: "file"; readonly image: FoundImage }
  /** No regular file but a pipe, a device or, by a pattern, a folder. */
  | { readonly kind: "special"; readonly path: string }
  | { readonly kind: "gone"; readonly path: string };

async function measure(path: string, location: string): Promise<Looked> {
  try {
    const stats = await stat(location);
    if (!stats.isFile()) return { kind: "special", path };
    return { kind: "file", image: { path, location: { kind: "file", path: location }, bytes: stats.size } };
  } catch {
    return { kind: "gone", path };
  }
}
