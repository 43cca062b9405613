/** What the name of a file says about what is in it. */
import { compareCodeUnits } from "./names.ts";
import { count } from "./wording.ts";

const imageExtensions: ReadonlySet<string> = new Set(
  "png jpg jpeg jfif webp gif tif tiff avif svg".split(" ").map((extension) => `.${extension}`),
);

/** The formats that can be read, for messages. */
export const readableFormats = "PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG";

/** What to do about files whose names promise images that cannot be read, or that hold images packed in another way. */
const adviceOf: Readonly<Record<string, string>> = {
  ".bmp": "BMP cannot be read: convert the files to PNG",
  ".heic": "HEIC cannot be read: convert the files to JPEG (phones and their photo programs export it)",
  ".heif": "HEIF cannot be read: convert the files to JPEG (phones and their photo programs export it)",
  ".jxl": "JPEG XL cannot be read: convert the files to PNG",
  ".jp2": "JPEG 2000 cannot be read: convert the files to PNG",
  ".psd": "PSD cannot be read: export the pictures as PNG",
  ".dcm": "DICOM cannot be read: convert the files to 16-bit PNG or TIFF",
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
  return imageExtensions.has(extensionOf(path)) && !lastPart(path).startsWith(".");
}

/** Whether a path names an image in a format that cannot be read, or an archive that is not opened; what to do about it is known. */
export function isForeignName(path: string): boolean {
  // Of what is compressed by gzip, names say nothing about the content.
  const extension = extensionOf(path);
  return extension !== ".gz" && adviceOf[extension] !== undefined;
}

/** Whether a folder holds nothing that the user put there: hidden ones, and what macOS adds to archives. */
export function isSystemFolder(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX";
}

/** What to do about files that look as if they held images and cannot be read: `5 .bmp files left out: BMP …`. */
export function adviceAbout(paths: readonly string[]): readonly string[] {
  const counts = countExtensions(paths.filter((path) => !lastPart(path).startsWith(".")));
  return [...counts].flatMap(([extension, number]) => {
    const advice = adviceOf[extension];
    return advice === undefined ? [] : [`${count(number, `${extension} file`)} left out: ${advice}`];
  });
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
