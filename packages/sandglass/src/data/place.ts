/** What lies at a path, looked at once, for all formats to recognize. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { fileSystemError } from "./file-system-error.ts";
import { readStart } from "./read-file.ts";

export interface Place {
  readonly path: string;
  readonly isFolder: boolean;
  /** The names in the folder, or in the folder that the file is in; sorted. */
  readonly entries: readonly string[];
  /** Of a file: the first bytes, up to 16. */
  readonly start: Uint8Array;
  /** Of a file. */
  readonly bytes: number;
  /** What was named inside an archive: `x` of `data.npz:x`. */
  readonly inside: string | undefined;
}

const START_BYTES = 16;
/** An archive and the name of something in it; drives of Windows have one letter. */
const INSIDE = /^(?<archive>.{2,}\.npz):(?<inside>.+)$/isu;

/**
 * Looks at what the user named; undefined when nothing is there.
 *
 * @throws UserError when it may not be looked at.
 */
export async function lookAt(typed: string): Promise<Place | undefined> {
  const whole = await lookAtPath(typed, undefined);
  if (whole !== undefined) return whole;
  const { archive, inside } = INSIDE.exec(typed)?.groups ?? {};
  return archive === undefined ? undefined : lookAtPath(archive, inside);
}

/** What data at a path are called: the folder's or the file's name. */
export function nameOf({ path, inside }: Place): string {
  const name = basename(resolve(path));
  const short = [".npy", ".npz"].includes(extname(name).toLowerCase()) ? name.slice(0, -4) : name.replace(/\.gz$/u, "");
  return inside === undefined ? short : `${short}:${inside}`;
}

async function lookAtPath(path: string, inside: string | undefined): Promise<Place | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return undefined;
  const isFolder = stats.isDirectory();
  try {
    const entries = (await readdir(isFolder ? path : dirname(path))).toSorted();
    const start = isFolder ? new Uint8Array() : await readStart(path, START_BYTES);
    return { path, isFolder, entries, start, bytes: stats.size, inside };
  } catch (error) {
    throw fileSystemError(error, path);
  }
}
