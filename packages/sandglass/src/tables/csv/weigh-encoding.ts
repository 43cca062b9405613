/** UTF-8 or Windows-1252: by all bytes of a file, where its first ones or single rows leave it open. */
import type { Encoding } from "./encoding.ts";
import { byteStream } from "./byte-stream.ts";
import { unreadable } from "./file-head.ts";

/** An encoding, and how much of the file is no UTF-8. */
export interface WeighedEncoding {
  readonly encoding: Extract<Encoding, "utf-8" | "windows-1252">;
  /** How many lines hold bytes that are no UTF-8. */
  readonly badLines: number;
  /** The first of them, from 1 on. */
  readonly firstBadLine: number;
}

const LINE_END = 0x0a;

/**
 * Reads a file through. One damaged byte makes no Windows-1252 of UTF-8: letters of several bytes come by no chance, so it is UTF-8 where these
 * are no fewer than the bytes that fit none.
 *
 * @throws UserError when the file cannot be read.
 */
export async function weighEncoding(path: string, signal?: AbortSignal): Promise<WeighedEncoding> {
  const found = { letters: 0, badBytes: 0, badLines: 0, firstBadLine: 0 };
  let line = 1;
  let lastBadLine = 0;
  let expected = 0;
  const addBad = (): void => {
    found.badBytes++;
    if (lastBadLine === line) return;
    lastBadLine = line;
    found.badLines++;
    found.firstBadLine ||= line;
  };
  const stream = await byteStream(path);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      for (const byte of piece) {
        if (byte >= 0x80 && byte < 0xc0 && expected > 0) {
          expected--;
          if (expected === 0) found.letters++;
          continue;
        }
        if (expected > 0) addBad();
        expected = followers(byte);
        if (byte >= 0x80 && expected === 0) addBad();
        if (byte === LINE_END) line++;
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(error, path);
  } finally {
    stream.destroy();
  }
  if (expected > 0) addBad();
  const { letters, badBytes, badLines, firstBadLine } = found;
  return { encoding: letters > 0 && letters >= badBytes ? "utf-8" : "windows-1252", badLines, firstBadLine };
}

/** How many bytes must follow this one in a letter of UTF-8. */
function followers(byte: number): number {
  if (byte >= 0xc2 && byte < 0xe0) return 1;
  if (byte >= 0xe0 && byte < 0xf0) return 2;
  return byte >= 0xf0 && byte < 0xf5 ? 3 : 0;
}
