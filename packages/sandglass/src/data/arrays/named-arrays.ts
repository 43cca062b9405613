/** Arrays that have names: those of an archive, or of the .npy files of a folder. */
import { basename, join } from "node:path";
import { describeNpy, NpyError, openNpz, readNpy, type NpyArray, type NpyDescription } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { readBytes, readStart } from "../read-file.ts";

export interface NamedArrays {
  /** Where they are, for errors. */
  readonly path: string;
  /** How the user chooses one of them: `data.npz:x`. */
  choiceOf(name: string): string;
  /** What is known of each before its values are read. */
  readonly descriptions: ReadonlyMap<string, NpyDescription>;
  /** @throws UserError when the array is damaged, or of a type that is not read. */
  read(name: string): Promise<NpyArray>;
}

/** The arrays of an archive. */
export async function arraysOfArchive(path: string): Promise<NamedArrays> {
  const bytes = await readBytes(path);
  const archive = guarded(path, () => openNpz(bytes));
  return {
    path,
    choiceOf: (name) => `${path}:${name}`,
    descriptions: guarded(path, () => new Map(archive.names.map((name) => [name, archive.describe(name)]))),
    // Not at once: what is damaged fails where it is waited for.
    read: async (name) => guarded(path, () => archive.read(name)),
  };
}

/** The .npy files among those of a folder, by their names without the ending. */
export async function arraysOfFolder(folder: string, files: readonly string[]): Promise<NamedArrays> {
  const paths = new Map(files.map((file) => [basename(file, ".npy"), join(folder, file)]));
  const descriptions = new Map<string, NpyDescription>();
  for (const [name, path] of paths) {
    const start = await readStart(path, HEAD_BYTES);
    const description = guarded(path, () => describeNpy(start));
    descriptions.set(name, description);
  }
  return {
    path: folder,
    choiceOf: (name) => paths.get(name) ?? name,
    descriptions,
    read: async (name) => {
      const path = paths.get(name) as string;
      const bytes = await readBytes(path);
      return guarded(path, () => readNpy(bytes));
    },
  };
}

/** Arrays with their shapes, for errors; the first of many. */
export function listArrays({ descriptions }: NamedArrays, names = [...descriptions.keys()]): string {
  const shown = names.slice(0, MOST_LISTED).map((name) => {
    const { shape, dtype } = descriptions.get(name) as NpyDescription;
    return `${name} [${shape.join(", ")}] ${dtype ?? "of a type that is not read"}`;
  });
  const more = names.length - shown.length;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

const MOST_LISTED = 12;
/** The longest head of a .npy file. */
const HEAD_BYTES = 2 ** 16 + 12;

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NpyError) throw new UserError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
