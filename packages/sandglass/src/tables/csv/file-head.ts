import { UserError } from "../../errors.ts";
import { fileSystemError } from "../../data/file-system-error.ts";
import { byteStream } from "./byte-stream.ts";

const ENOUGH = 2 ** 16;
const LONGEST_LINE = 2 ** 24;
const LINE_END = 0x0a;
const RETURN = 0x0d;

/** The first bytes of a file, unpacked: 64 KiB, more where the first line is longer, all where the file is shorter. */
export interface FileHead {
  readonly bytes: Uint8Array;
  /** Whether that is all that the file holds. */
  readonly isWhole: boolean;
}

/**
 * Reads the first bytes of a file, up to 16 MiB in search of the end of its first line.
 *
 * @throws UserError when the file cannot be read or unpacked.
 */
export async function readHead(path: string, signal?: AbortSignal): Promise<FileHead> {
  const pieces: Buffer[] = [];
  let size = 0;
  let hasLine = false;
  const stream = await byteStream(path);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      pieces.push(piece);
      size += piece.length;
      hasLine ||= piece.includes(LINE_END) || piece.includes(RETURN);
      if ((size >= ENOUGH && hasLine) || size >= LONGEST_LINE) {
        return { bytes: Buffer.concat(pieces), isWhole: false };
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(error, path);
  } finally {
    stream.destroy();
  }
  return { bytes: Buffer.concat(pieces), isWhole: true };
}

/** What an error in reading or unpacking a file tells the user. */
export function unreadable(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!code.startsWith("Z_")) return fileSystemError(error, path);
  return new UserError(`${path} is compressed by gzip, and damaged or cut off; get it again`, { cause: error });
}
