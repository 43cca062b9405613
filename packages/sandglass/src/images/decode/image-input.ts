/** What sharp is given of an image: its path, or its bytes. */
import { open, stat } from "node:fs/promises";
import { EntryReader, type ImageEntry } from "../find/index.ts";

/** A path, or the bytes of a file. */
export type ImageInput = string | Uint8Array;

/**
 * The path of an image that is a file, so that not all of a large one need be in memory; the bytes of one within an archive.
 *
 * @throws what the reader throws.
 */
export async function imageInput({ location }: ImageEntry, reader: EntryReader): Promise<ImageInput> {
  // libvips would take what stands in brackets at the end of a path for options.
  const isPlain = location.kind === "file" && !location.path.endsWith("]");
  return isPlain ? location.path : reader.read({ location });
}

/** How many bytes an input has, and the first of them. */
export async function inputHead(input: ImageInput, length: number): Promise<{ size: number; head: Uint8Array }> {
  if (typeof input !== "string") return { size: input.length, head: input.subarray(0, length) };
  const { size } = await stat(input);
  const file = await open(input);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/** Does something with a reader of files and archives, and closes it afterwards. */
export async function withReader<Result>(use: (reader: EntryReader) => Promise<Result>): Promise<Result> {
  const reader = new EntryReader();
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}
