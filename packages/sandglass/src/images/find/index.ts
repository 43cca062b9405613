export type { ArchivedLocation, ImageCollection, ImageEntry, ImageLocation, ImageSplit } from "./image-collection.ts";
export { EntryReader } from "./entry-reader.ts";
export { findImages, type FindOptions } from "./find-images.ts";
export { isPattern, matchPattern } from "./match-pattern.ts";
export { walkFolder } from "./walk-folder.ts";
export { isForeignName, isImageName, isSystemFolder } from "./file-names.ts";
export { pairImages, type ImagePair, type PairedImages } from "./pair-images.ts";
