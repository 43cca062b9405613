import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileSystemError } from "../../data/file-system-error.ts";

/** Whether a file is compressed by gzip, whatever its name says. */
export async function isGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileSystemError(error, path);
  }
}

/** What a file holds, unpacked where it is compressed by gzip. */
export async function byteStream(path: string): Promise<Readable> {
  const file = createReadStream(path);
  if (!(await isGzip(path))) return file;
  // Errors of either end arrive at the reader of the unpacked bytes.
  return pipeline(file, createGunzip(), () => undefined);
}
