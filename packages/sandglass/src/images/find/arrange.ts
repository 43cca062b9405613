/**
 * What the folders of a source say about its images: the split and the class of each. In order:
 *
 * 1. A single folder around everything is looked through (`chest_xray.zip` with `chest_xray/train/…` in it).
 * 2. Folders named train, val and test, or the like, are splits: at least two of them, or one to train with.
 * 3. The first folder below that is the class. Deeper ones say nothing.
 */
import { someNames } from "../../text/some-names.ts";
import type { ImageSplit } from "./image-collection.ts";
import type { FoundImage, Listing } from "./listing.ts";
import { count } from "./wording.ts";

/** An image with what its folders say. */
export interface PlacedImage extends FoundImage {
  readonly split?: ImageSplit;
  /** The folder that would be its class. */
  readonly folder?: string;
}

export interface Arrangement extends Listing {
  /** Paths count from the folder that was looked through to. */
  readonly images: readonly PlacedImage[];
  /** Folders that were looked through, each with a `/` after it; empty where there were none. */
  readonly wrapper: string;
  readonly hasSplits: boolean;
}

const splitOfName: Readonly<Record<string, ImageSplit>> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
};

/** Reads the folders of a source. Images beside the folders of splits are left out, with a note. */
export function arrange(listing: Listing): Arrangement {
  const wrapper = findWrapper(listing.images, listing.folders);
  const images = listing.images.map(({ path, location, bytes }) => ({
    path: path.slice(wrapper.length),
    location,
    bytes,
  }));
  const folders = below(listing.folders, wrapper);
  const hasSplits = areSplits(
    images.map(({ path }) => firstFolder(path) ?? ""),
    folders,
  );
  if (hasSplits) {
    const { placed, notes } = placeInSplits(images, folders);
    return { ...listing, images: placed, folders, wrapper, hasSplits, notes: [...listing.notes, ...notes] };
  }
  const placed = images.map((image) => ({ ...image, ...folderOf(image.path) }));
  return {
    ...listing,
    images: placed,
    folders,
    wrapper,
    hasSplits,
    notes: [...listing.notes, ...splitsInside(images)],
  };
}

/** The split that a folder's name stands for, in whatever case. */
function splitNamed(folder: string): ImageSplit | undefined {
  const name = folder.toLowerCase();
  return Object.hasOwn(splitOfName, name) ? splitOfName[name] : undefined;
}

/**
 * Whether folders are splits: two different ones, or one to train with, and images in one of them.
 *
 * @param tops the top folder of each image.
 * @param folders those that may be empty.
 */
function areSplits(tops: readonly string[], folders: readonly string[]): boolean {
  const filled = splitsAmong(tops);
  const all = splitsAmong([...tops, ...folders]);
  return filled.size > 0 && (filled.has("train") || all.size > 1);
}

function splitsAmong(folders: readonly string[]): Set<ImageSplit> {
  return new Set([...new Set(folders)].map((name) => splitNamed(name)).filter((split) => split !== undefined));
}

function findWrapper(images: readonly FoundImage[], folders: readonly string[]): string {
  let wrapper = "";
  for (;;) {
    const [top, ...others] = new Set(images.map(({ path }) => firstFolder(path, wrapper.length)));
    if (top === undefined || others.length > 0 || areSplits([top], below(folders, wrapper))) return wrapper;
    wrapper += `${top}/`;
  }
}

/** The paths within a folder, counted from there. */
function below(paths: readonly string[], folder: string): string[] {
  return paths.flatMap((path) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
}

function placeInSplits(
  images: readonly FoundImage[],
  folders: readonly string[],
): { placed: PlacedImage[]; notes: string[] } {
  const placed: PlacedImage[] = [];
  const beside: string[] = [];
  for (const image of images) {
    const top = firstFolder(image.path);
    const split = top === undefined ? undefined : splitNamed(top);
    if (top === undefined || split === undefined) beside.push(image.path);
    else placed.push({ ...image, split, ...folderOf(image.path, top.length + 1) });
  }
  const notes: string[] = [];
  if (beside.length > 0) {
    notes.push(
      `${count(beside.length, "image")} beside the folders of the splits left out: ${someNames(beside.toSorted())}`,
    );
  }
  const filled = new Set(placed.map(({ split }) => split));
  for (const folder of folders.filter((path) => !path.includes("/"))) {
    const split = splitNamed(folder);
    if (split !== undefined && !filled.has(split))
      notes.push(`the folder ${folder} has no image, so there is no such split`);
  }
  return { placed, notes };
}

/** Splits within classes are no splits; who has them should know. */
function splitsInside(images: readonly FoundImage[]): string[] {
  const inside = new Set<string>();
  for (const { path } of images) {
    const top = firstFolder(path);
    const below = top === undefined ? undefined : firstFolder(path, top.length + 1);
    if (below === undefined || splitNamed(below) === undefined) return [];
    inside.add(below);
  }
  if (!areSplits([...inside], [])) return [];
  return [
    `the folders ${[...inside].toSorted().join(", ")} within each class are not read as splits; for that they must be around ` +
      "the classes, as in train/cat and not cat/train",
  ];
}

function folderOf(path: string, start = 0): { folder?: string } {
  const folder = firstFolder(path, start);
  return folder === undefined ? {} : { folder };
}

/** The first folder of a path from a place in it, or nothing where the rest is the name of a file. */
function firstFolder(path: string, start = 0): string | undefined {
  const end = path.indexOf("/", start);
  return end === -1 ? undefined : path.slice(start, end);
}
