import { open, readFile } from "node:fs/promises";
import { fileSystemError } from "./file-system-error.ts";

/**
 * The bytes of a file.
 *
 * @throws UserError when it is missing, may not be read, or is too large.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileSystemError(error, path);
  });
  // As plain bytes: a view that is a Node Buffer would surprise whoever compares or prints it.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The first bytes of a file, up to so many.
 *
 * @throws UserError when it is missing or may not be read.
 */
export async function readStart(path: string, most: number): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { bytesRead, buffer } = await file.read(new Uint8Array(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw fileSystemError(error, path);
  }
}
