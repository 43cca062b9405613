/** From what the user typed to a collection of images. */
import { stat } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { fileSystemError } from "../../data/file-system-error.ts";
import type { PlacedImage } from "./arrange.ts";
import { combine } from "./combine.ts";
import { decideClasses } from "./decide-classes.ts";
import type { ImageCollection, ImageEntry } from "./image-collection.ts";
import { adviceAbout, extensionOf } from "./file-names.ts";
import { listArchive } from "./list-archive.ts";
import { listFiles } from "./list-files.ts";
import { listFolder } from "./list-folder.ts";
import { listPattern } from "./list-pattern.ts";
import { isPattern } from "./match-pattern.ts";
import type { Listing } from "./listing.ts";
import { compareCodeUnits, nameAll } from "./names.ts";
import { noImages } from "./no-images.ts";
import { partnersNote } from "./partners-note.ts";
import { count } from "./wording.ts";

export interface FindOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds the images of a folder, a pattern such as `photos/*.jpg`, a zip archive, a file, or several of these, with their
 * splits and classes (see `README.md`). No image is opened: what they are is told by their names.
 *
 * @throws UserError when a source is not there or cannot be read, or there is no image in any of them.
 *
 *     const { entries, classNames, notes } = await findImages("chest_xray");
 */
export async function findImages(
  source: string | readonly string[],
  { signal }: FindOptions = {},
): Promise<ImageCollection> {
  const sources = [...new Set(typeof source === "string" ? [source] : source)];
  const listings = await listAll(sources, signal);
  const arranged = combine(listings);
  const images = uniqueImages(arranged.images).toSorted((a, b) => compareCodeUnits(a.path, b.path));
  if (images.length === 0) throw noImages(sources, arranged);
  const { classNames, classOf, notes } = decideClasses({ ...arranged, images });
  const names = nameAll(images.map(({ path }) => path));
  const entries = images.map((image, index): ImageEntry => {
    const className = classOf(image);
    return {
      name: names[index] ?? image.path,
      location: image.location,
      ...(className === undefined ? {} : { className }),
      ...(image.split === undefined ? {} : { split: image.split }),
      bytes: image.bytes,
    };
  });
  entries.sort((a, b) => compareCodeUnits(a.name, b.name));
  return {
    name: arranged.label,
    source: sources.join(", "),
    entries,
    classNames,
    otherFiles: arranged.otherFiles.toSorted(compareCodeUnits),
    notes: [
      ...arranged.notes,
      ...adviceAbout(arranged.otherFiles),
      ...notes,
      ...partnersNote(entries),
      ...repeatedNote(arranged.images.length - images.length),
    ],
  };
}

/** What each source holds; files that were named one by one are one source. */
async function listAll(sources: readonly string[], signal: AbortSignal | undefined): Promise<Listing[]> {
  const listings: Listing[] = [];
  const files: string[] = [];
  for (const source of sources) {
    signal?.throwIfAborted();
    const kind = await kindOf(source);
    if (kind === "file") files.push(source);
    else listings.push(await listers[kind](source, signal));
  }
  if (files.length > 0) listings.push(await listFiles(files, signal));
  return listings;
}

const listers = { folder: listFolder, archive: listArchive, pattern: listPattern } as const;

/** A name that exists is never a pattern: folders may be called `photos [2020]`. */
async function kindOf(source: string): Promise<keyof typeof listers | "file"> {
  try {
    const stats = await stat(source);
    if (stats.isDirectory()) return "folder";
    if (!stats.isFile()) throw new UserError(`${source} is neither a file nor a folder; images come from one of these`);
    return extensionOf(source) === ".zip" ? "archive" : "file";
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileSystemError(error, source);
    if (isPattern(source)) return "pattern";
    throw new UserError(`there is no file or folder ${source} (in ${process.cwd()}); check the path`, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** The images of all sources, each once. */
function uniqueImages(images: readonly PlacedImage[]): PlacedImage[] {
  const seen = new Set<string>();
  return images.filter(({ location }) => {
    const key = location.kind === "file" ? location.path : `${location.archive}\0${location.entry}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function repeatedNote(number: number): string[] {
  return number === 0 ? [] : [`${count(number, "image")} belonging to more than one of the sources taken once`];
}
