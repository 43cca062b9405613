import type { ImageLocation } from "./image-collection.ts";

/** An image that was found in a source. */
export interface FoundImage {
  /** The path within the source as the disk or the archive spells it, with `/` between its parts. */
  readonly path: string;
  readonly location: ImageLocation;
  readonly bytes: number;
}

/** What one source holds, before anybody asks what its folders mean. */
export interface Listing {
  /** What people call the source: the last part of its path. */
  readonly label: string;
  /** The source with its whole path, for messages and to tell sources of the same name apart; with `/` between its parts. */
  readonly whole: string;
  /** Whether the source is files named one by one, which among several sources do not make a folder. */
  readonly isLoose?: boolean;
  readonly images: readonly FoundImage[];
  /** Paths within the source of the files that are no images by their names. */
  readonly otherFiles: readonly string[];
  /** Paths within the source of its folders, empty ones too. */
  readonly folders: readonly string[];
  readonly notes: readonly string[];
}
