/**
 * The images in a zip archive, by its directory alone. Their names are untrusted: they never become paths on a disk, and those
 * that would leave a folder are left out, because results are later written under the names of images.
 */
import { isUtf8 } from "node:buffer";
import { basename, resolve } from "node:path";
import { getFileNameLowLevel, validateFileName, type Entry } from "yauzl";
import { someNames } from "../../text/some-names.ts";
import type { ArchivedLocation } from "./image-collection.ts";
import { isImageName, isSystemFolder } from "./file-names.ts";
import { withSlashes } from "./list-folder.ts";
import type { FoundImage, Listing } from "./listing.ts";
import { count } from "./wording.ts";
import { readZipDirectory } from "./zip-directory.ts";

/** An image larger than this, unpacked, is taken for a bomb. */
const maxBytes = 256 * 2 ** 20;

/**
 * The images in a zip archive.
 *
 * @throws UserError when the archive is damaged or of a kind that cannot be read.
 */
export async function listArchive(path: string, signal?: AbortSignal): Promise<Listing> {
  const archive = resolve(path);
  const images = new Map<string, FoundImage>();
  const otherFiles = new Set<string>();
  const folders = new Set<string>();
  const leftOut: Record<Refusal, string[]> = { path: [], encrypted: [], packing: [], size: [] };
  for await (const entry of readZipDirectory(archive, signal)) {
    const name = nameOf(entry);
    if (isOfTheSystem(name)) continue;
    const refusal = refusalOf(entry, name);
    if (name.endsWith("/")) folders.add(name.slice(0, -1));
    else if (!isImageName(name)) otherFiles.add(name);
    else if (refusal !== undefined) leftOut[refusal].push(name);
    // As unpacking would do, the last of several entries of one name wins.
    else images.set(name, { path: name, location: locationOf(archive, entry, name), bytes: entry.uncompressedSize });
  }
  return {
    label: basename(archive).replace(/\.zip$/i, ""),
    whole: withSlashes(archive),
    images: [...images.values()],
    otherFiles: [...otherFiles],
    folders: [...folders],
    notes: refusals.flatMap((refusal) => {
      const names = leftOut[refusal];
      if (names.length === 0) return [];
      return [
        `${count(names.length, "image")} in ${basename(archive)} left out, ${becauseOf[refusal]}: ${someNames(names)}`,
      ];
    }),
  };
}

const refusals = ["path", "encrypted", "packing", "size"] as const;
type Refusal = (typeof refusals)[number];

const becauseOf: Readonly<Record<Refusal, string>> = {
  path: "whose paths lead out of the archive",
  encrypted: "which are encrypted (unpack the archive with its password, and give the folder)",
  packing: "packed in a way that cannot be read (pack them again as an ordinary zip archive)",
  size: "larger than 256 MiB each when unpacked",
};

function refusalOf(entry: Entry, name: string): Refusal | undefined {
  if (validateFileName(name) !== null) return "path";
  if (entry.isEncrypted()) return "encrypted";
  if (!Object.hasOwn(packings, entry.compressionMethod)) return "packing";
  return Math.max(entry.uncompressedSize, entry.compressedSize) > maxBytes ? "size" : undefined;
}

/** By the method's number in the format's specification (APPNOTE 6.3.10, section 4.4.5). */
const packings: Readonly<Record<number, ArchivedLocation["packing"]>> = { 0: "stored", 8: "deflated" };

function locationOf(archive: string, entry: Entry, name: string): ArchivedLocation {
  return {
    kind: "zip",
    archive,
    entry: name,
    offset: entry.relativeOffsetOfLocalHeader,
    packing: packings[entry.compressionMethod] ?? "stored",
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
  };
}

/** Names are UTF-8 where the entry says so, and wherever they could be: macOS packs them without saying so. */
function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const utf8 = 0x800;
  const flags = isUtf8(fileNameRaw) ? generalPurposeBitFlag | utf8 : generalPurposeBitFlag;
  return getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
}

function isOfTheSystem(name: string): boolean {
  const parts = name.split("/");
  const folders = parts.slice(0, -1);
  return folders.some((part) => part !== "." && part !== ".." && isSystemFolder(part));
}
