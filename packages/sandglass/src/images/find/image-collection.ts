/** Which part of a set an image belongs to, where its folders say so. */
export type ImageSplit = "train" | "validation" | "test";

/** Where the bytes of an image lie: plain data, so that it can be sent to a thread. */
export type ImageLocation = { readonly kind: "file"; readonly path: string } | ArchivedLocation;

/** An entry of a zip archive, with what its directory says of it: whoever reads it need not read the directory again. */
export interface ArchivedLocation {
  readonly kind: "zip";
  /** Path of the archive. */
  readonly archive: string;
  /** The name of the entry as the archive spells it, for messages; no path on any disk. */
  readonly entry: string;
  /** Where the entry's own header begins, in bytes from the start of the archive. */
  readonly offset: number;
  /** How the bytes are packed. */
  readonly packing: "stored" | "deflated";
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
}

/** One image of a collection, not opened yet: its name may say PNG and its bytes something else. */
export interface ImageEntry {
  /** The path within the source, with `/` between its parts on every platform; no two entries have the same. */
  readonly name: string;
  readonly location: ImageLocation;
  readonly className?: string;
  readonly split?: ImageSplit;
  /** The size of the file, not of the picture; of an entry in an archive, the size that it says it unpacks to. */
  readonly bytes: number;
}

/**
 * The images that a source holds. Either all of its entries have a split or none has; within a split (within the whole
 * where there are none) either all have a class or none has.
 */
export interface ImageCollection {
  /** A short name for people: the name of the folder or archive. */
  readonly name: string;
  /** The source as the user gave it; several are joined by commas. */
  readonly source: string;
  /** Sorted by the code units of their names: the same order on every platform. */
  readonly entries: readonly ImageEntry[];
  /** The classes of all splits together, sorted; empty when there are not at least two. */
  readonly classNames: readonly string[];
  /** Paths within the source of the files that are no images by their names. */
  readonly otherFiles: readonly string[];
  /** What the user should know about how the source was read: whole sentences without a full stop. */
  readonly notes: readonly string[];
}
