/**
 * Inflates a gzip-compressed IDX file into exactly the memory that its own head promises, and never more: the head is
 * read from the first bytes that come out, and inflation stops as soon as the file proves longer than it says.
 */
import { IdxError, lengthError, maxHeaderBytes, parseIdxHeader, type IdxHeader } from "./header.ts";

/** Compressed bytes fed at a time: what one piece can inflate to (1032 times as much) stays at 16 MiB. */
const pieceBytes = 16 * 1024;

/** DEFLATE writes at least one bit for a back reference of 258 bytes and length codes are shared: 1032 to 1 at best. */
const maxExpansion = 1032;

/** A gzip member has a head of at least 10 bytes and a trailer of 8. */
const minGzipBytes = 18;

/** Whether the bytes begin with gzip's magic number. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates a gzip file that holds an IDX file.
 *
 * @returns the IDX file's bytes, of exactly the length that its head promises.
 * @throws IdxError when the gzip data is damaged or cut short, or does not hold an IDX file of the promised length.
 */
export async function inflateIdx(compressed: Uint8Array): Promise<Uint8Array> {
  if (compressed.length < minGzipBytes) {
    throw new IdxError(`the gzip file is cut short: it has only ${compressed.length} bytes`);
  }
  const reader = inflatedPieces(compressed).getReader();
  try {
    const start = await readStart(reader);
    const header = parseIdxHeader(start);
    checkExpansion(header, compressed.length);
    // The trailer's size is a hint until the end is reached: where it contradicts the head, nothing is kept, and
    // inflating on only finds out which of the two is wrong.
    const file = trailerSize(compressed) === header.fileBytes % 2 ** 32 ? new Uint8Array(header.fileBytes) : undefined;
    let length = 0;
    for (let piece: Uint8Array | undefined = start; piece !== undefined; piece = await readPiece(reader)) {
      if (length + piece.length > header.fileBytes)
        throw lengthError(header, "more than that once inflated", "too long");
      file?.set(piece, length);
      length += piece.length;
    }
    if (length < header.fileBytes) throw lengthError(header, `${length} once inflated`, "cut short");
    if (file === undefined) throw new IdxError("the gzip file's trailer gives a wrong size; it is damaged");
    return file;
  } finally {
    // Stops the decompressor; what it says after an error of ours adds nothing.
    await reader.cancel().catch(() => undefined);
  }
}

type PieceReader = ReadableStreamDefaultReader<Uint8Array>;

function inflatedPieces(compressed: Uint8Array): ReadableStream<Uint8Array> {
  let position = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (position >= compressed.length) return controller.close();
        // slice, not subarray: a stream may detach what it is handed.
        controller.enqueue(compressed.slice(position, position + pieceBytes));
        position += pieceBytes;
      },
    },
    { highWaterMark: 0 },
  );
  return source.pipeThrough(new DecompressionStream("gzip"));
}

async function readPiece(reader: PieceReader): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (cause) {
    // Some platforms say why, some throw an error without a word.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new IdxError(
      `the gzip data is damaged or cut short${reason === "" ? "" : ` (${reason})`}; fetch the file again from its source`,
      { cause },
    );
  }
}

/** Reads until the longest possible head is there, or the data ends. */
async function readStart(reader: PieceReader): Promise<Uint8Array> {
  const first = await readPiece(reader);
  if (first === undefined) return new Uint8Array(0);
  let start = first;
  while (start.length < maxHeaderBytes) {
    const piece = await readPiece(reader);
    if (piece === undefined) break;
    const joined = new Uint8Array(start.length + piece.length);
    joined.set(start);
    joined.set(piece, start.length);
    start = joined;
  }
  return start;
}

function checkExpansion(header: IdxHeader, compressedBytes: number): void {
  if (header.fileBytes <= compressedBytes * maxExpansion) return;
  throw lengthError(
    header,
    `at most ${compressedBytes * maxExpansion} once inflated (${compressedBytes} bytes compressed)`,
    "cut short",
  );
}

/** The size that the last four bytes of a gzip file give for its content, modulo 2³². */
function trailerSize(compressed: Uint8Array): number {
  return new DataView(compressed.buffer, compressed.byteOffset + compressed.length - 4, 4).getUint32(0, true);
}
