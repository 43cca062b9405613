/** What the name of a file says about what is in it. */
import { formatOfExtension } from "../image-formats.ts";
import { compareCodeUnits } from "./names.ts";
import { count } from "./wording.ts";

/** What to do about files that hold images packed in another way. */
const PACKED: Readonly<Record<string, string>> = {
  ".zip": "archives within a folder are not opened: give the archive itself",
  ".tar": "of the archives only zip can be read: unpack the others",
  ".gz": "of the archives only zip can be read: unpack the others",
  ".tgz": "of the archives only zip can be read: unpack the others",
  ".7z": "of the archives only zip can be read: unpack the others",
  ".rar": "of the archives only zip can be read: unpack the others",
};

/** What a path ends with from its last dot on, in lower case; empty where there is none, as in `README` and `.DS_Store`. */
export function extensionOf(path: string): string {
  const name = lastPart(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : "";
}

/** A path without its extension. */
export function withoutExtension(path: string): string {
  return path.slice(0, path.length - extensionOf(path).length);
}

/** Whether a path names an image. Hidden files do not: beside each image macOS may leave a `._image.jpg` that is none. */
export function isImageName(path: string): boolean {
  return formatOfExtension(extensionOf(path))?.readable === true && !lastPart(path).startsWith(".");
}

/** Whether a path names an image in a format that cannot be read, or an archive that is not opened; what to do about it is known. */
export function isForeignName(path: string): boolean {
  // Of what is compressed by gzip, names say nothing about the content.
  const extension = extensionOf(path);
  return extension !== ".gz" && adviceFor(extension) !== undefined;
}

/** Whether a folder holds nothing that the user put there: hidden ones, and what macOS adds to archives. */
export function isSystemFolder(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX";
}

/** What to do about files that look as if they held images and cannot be read: `5 .bmp files left out: BMP …`. */
export function adviceAbout(paths: readonly string[]): readonly string[] {
  const counts = countExtensions(paths.filter((path) => !lastPart(path).startsWith(".")));
  return [...counts].flatMap(([extension, number]) => {
    const advice = adviceFor(extension);
    return advice === undefined ? [] : [`${count(number, `${extension} file`)} left out: ${advice}`];
  });
}

/** What to do about files whose names end like this: they promise images that cannot be read, or archives. */
function adviceFor(extension: string): string | undefined {
  const { name, advice } = formatOfExtension(extension) ?? {};
  return advice === undefined ? PACKED[extension] : `${name} cannot be read: ${advice}`;
}

/** How many paths have each extension, most frequent first. */
export function countExtensions(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const extension = extensionOf(path);
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([a, countA], [b, countB]) => countB - countA || compareCodeUnits(a, b)));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
