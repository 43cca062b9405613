/** Images that can be trained on, and what opening them can be told. */
import type { AnyDataset } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import type { UnreadableImage } from "./image-probe.ts";

export interface OpenImagesOptions {
  /** Name of the data set. Default: "images". */
  readonly name?: string;
  /** Images whose decoded values take more than this are read when they are needed. Default: 512 MiB. */
  readonly cacheBytes?: number;
  /** Images of more pixels are refused. Default: 100 million. */
  readonly maxPixels?: number;
  /** The share of images that may be unreadable. Default: 0.1. */
  readonly maxUnreadableShare?: number;
  /** Hears of each unreadable image, once. */
  readonly onUnreadable?: (image: UnreadableImage) => void;
  /** Hears how many images of how many were decoded, while they are decoded into memory. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Images in memory, or read when they are needed. */
export interface OpenedImages {
  readonly data: AnyDataset;
  /** The images of the data, in order: unreadable ones are left out of images in memory, and replaced among those that are read. */
  readonly entries: readonly ImageEntry[];
  /** The images that could not be read so far, by name. */
  unreadable(): readonly UnreadableImage[];
  /** Ends what reads beside the training. Reads that are under way are finished first, later ones fail. */
  close(): Promise<void>;
}
