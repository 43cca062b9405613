/** Images that can be trained on, and what opening them can be told. */
import type { AnyDataset } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import type { UnreadableImage } from "./image-probe.ts";
import type { UnreadableLimit } from "./unreadable-limit.ts";

/** How much of what is amiss with the files is borne. */
export interface ImageLimits {
  /** Images of more pixels are refused. Default: 100 million. */
  readonly maxPixels?: number | undefined;
  /** The share of images that may be unreadable, from 0 to 1. Default: 0.1. */
  readonly maxUnreadableShare?: number | undefined;
}

export interface OpenImagesOptions extends ImageLimits {
  /** Counts with other parts of the same set; in place of `maxUnreadableShare`, for which these images are the whole set. */
  readonly limit?: UnreadableLimit | undefined;
  /** Name of the data set. Default: "images". */
  readonly name?: string | undefined;
  /** The classes that labels count in. Default: those of the images, sorted. */
  readonly classNames?: readonly string[] | undefined;
  /** Images whose decoded values take more bytes than this are read when they are needed. Default: 512 MiB. */
  readonly cacheBytes?: number | undefined;
  /** Hears of each unreadable image, once, and what becomes of it: images in memory are left out, those of streams replaced. */
  readonly onUnreadable?: ((image: UnreadableImage, fate: "left out" | "replaced") => void) | undefined;
  /** Hears how many images of how many were decoded, while they are decoded into memory. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends reading: what is under way, and what comes later, fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Images in memory, or read when they are needed. */
export interface OpenedImages {
  readonly data: AnyDataset;
  /** The images of the data, in order: of images in memory without the unreadable ones, which streams replace. */
  readonly entries: readonly ImageEntry[];
  /** The images that could not be read so far, in order. */
  unreadable(): readonly UnreadableImage[];
  /** Ends what reads beside the training: reads that are under way fail, and so do later ones. Images in memory stay. */
  close(): Promise<void>;
}
