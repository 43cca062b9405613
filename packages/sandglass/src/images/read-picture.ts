/** One picture as it is: at its own size, grey or in color. */
import { UserError } from "../errors.ts";
import { decodeImage, isReadable, probeImages } from "./decode/index.ts";
import { findImages } from "./find/index.ts";

export interface Picture {
  /** [height, width, 1 or 3] */
  readonly shape: readonly [height: number, width: number, channels: 1 | 3];
  /** From 0 to 1, row by row. */
  readonly values: Float32Array;
}

export interface ReadPictureOptions {
  /** Whether colors become grey; false unless given. */
  readonly grey?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the picture of a file. Transparent pixels lie on white.
 *
 * @throws UserError when there is no such file, it holds no picture that can be read, or more than one is named.
 */
export async function readPicture(path: string, { grey = false, signal }: ReadPictureOptions = {}): Promise<Picture> {
  const { entries } = await findImages(path, { signal });
  const [entry, ...others] = entries;
  if (entry === undefined || others.length > 0) {
    throw new UserError(`${path} holds ${entries.length} images; name the file of one`);
  }
  const [probe] = await probeImages([entry], { signal });
  if (probe === undefined || !isReadable(probe)) {
    throw new UserError(`${path} cannot be read: ${probe?.reason ?? "it is no image"}`);
  }
  const { height, width, channels: found } = probe.header;
  const channels = grey || found === 1 ? 1 : 3;
  const bytes = await decodeImage(entry, { height, width, channels, fit: "stretch", depth: 8 });
  return { shape: [height, width, channels], values: Float32Array.from(bytes, (value) => value / 255) };
}
