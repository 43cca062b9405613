import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { byteStream } from "./byte-stream.ts";
import { unreadable } from "./file-head.ts";

/**
 * Writes a text file as UTF-8, unpacked, to another place. DuckDB reads UTF-8.
 *
 * @throws UserError when the file cannot be read.
 */
export async function transcode(path: string, encoding: string, target: string, signal?: AbortSignal): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    transform(piece: Buffer, _encoding, done) {
      done(null, decoder.decode(piece, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  try {
    await pipeline(await byteStream(path), decode, createWriteStream(target), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(error, path);
  }
}
