/** One attempt to fetch a file, or the rest of it, from one address into a growing file. */
import { open, rm } from "node:fs/promises";

export interface TransferOptions {
  /** Bytes that are there already. */
  readonly from: number;
  /** Length of the whole file, where it is known; else the server tells. */
  readonly bytes: number | undefined;
  readonly stallTimeout: number;
  readonly signal: AbortSignal | undefined;
}

/** An address that did not give the file. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** Whether asking this address again is pointless. */
  readonly final: boolean;

  constructor(message: string, { final, cause }: { final: boolean; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.final = final;
  }
}

/**
 * Appends to the file at `part` what is missing, or writes it anew where the server cannot send a part.
 *
 * @throws SourceError when the server or the line is at fault; errors of the file system as they are.
 */
export async function transfer(
  url: string,
  part: string,
  { from, bytes, stallTimeout, signal }: TransferOptions,
  onReceived: (receivedBytes: number, totalBytes: number) => void,
): Promise<void> {
  if (from === bytes) return;
  const stalled = new AbortController();
  const dog = setTimeout(() => stalled.abort(), stallTimeout);
  try {
    const response = await request(url, from, AbortSignal.any([stalled.signal, ...(signal ? [signal] : [])]));
    const start = await startOf(response, url, from, part);
    const total = bytes ?? totalOf(response, start);
    const file = await open(part, start === 0 ? "w" : "a");
    try {
      let received = start;
      onReceived(received, total ?? received);
      for await (const piece of piecesOf(response, url)) {
        dog.refresh();
        received += piece.length;
        if (total !== undefined && received > total) {
          await file.truncate(0);
          throw new SourceError(`${url} sends more than the ${total} bytes that the file has`, { final: true });
        }
        await file.appendFile(piece);
        onReceived(received, total ?? received);
      }
      if (total !== undefined && received < total) {
        throw new SourceError(`${url} was cut off after ${received} of ${total} bytes`, { final: false });
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (stalled.signal.aborted) {
      throw new SourceError(`${url} sent nothing for ${stallTimeout / 1000} s`, { final: false, cause: error });
    }
    throw error;
  } finally {
    clearTimeout(dog);
    // Lets go of the connection when the body was not read to its end.
    stalled.abort();
  }
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // The file itself, not a compressed form of it: sizes and resuming count its own bytes.
  const headers = { "accept-encoding": "identity", ...(from > 0 && { range: `bytes=${from}-` }) };
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    throw lineError(url, error);
  }
}

/** The place in the file from which the response goes on: where we asked for, or its beginning. */
async function startOf(response: Response, url: string, from: number, part: string): Promise<number> {
  if (response.status === 200) return 0;
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (response.status === 206 && Number(start) === from) return from;
  const answer = `${response.status} ${response.statusText}`.trim();
  if (from > 0 && (response.status === 206 || response.status === 416)) {
    // The server cannot go on from our part: the next attempt starts anew.
    await rm(part, { force: true });
    throw new SourceError(`${url} could not go on after ${from} bytes (${answer})`, { final: false });
  }
  // Timeouts, too many requests and the server's own trouble pass.
  const passes = response.status === 408 || response.status === 429 || response.status >= 500;
  throw new SourceError(`${url} answered ${answer}`, { final: !passes });
}

/** Length of the whole file, as the response tells it. */
function totalOf({ headers }: Response, start: number): number | undefined {
  const [, whole] = /\/(\d+)$/u.exec(headers.get("content-range") ?? "") ?? [];
  if (whole !== undefined) return Number(whole);
  const length = headers.get("content-length");
  return length === null ? undefined : start + Number(length);
}

async function* piecesOf(response: Response, url: string): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw lineError(url, error);
    });
    if (done) return;
    yield value;
  }
}

/** An error of `fetch`: what it means to say is in its cause. */
function lineError(url: string, error: unknown): SourceError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new SourceError(`${url} could not be reached or was cut off (${reason})`, { final: false, cause: error });
}
