export type { ImageCollection, ImageEntry, ImageLocation, ImageSplit } from "./image-collection.ts";
