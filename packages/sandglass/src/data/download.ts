/**
 * Downloads one file so that it is either there and right, or not there at all. It grows as `<name>.part`, goes on from where it
 * was cut off, now or in an earlier run, and gets its name only when it is whole and its SHA-256 is the published one, if one is.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileSystemError, isNoSpace } from "./file-system-error.ts";
import { makeFolder } from "./make-folder.ts";
import { SourceError, transfer } from "./transfer.ts";

/** What to download: the same file at one or more addresses. Where its publisher tells neither length nor hash, the server's word counts. */
export interface RemoteFile {
  readonly urls: readonly [string, ...string[]];
  readonly bytes?: number | undefined;
  /** In lower-case hexadecimal. */
  readonly sha256?: string | undefined;
}

/** How far a download has come. */
export interface DownloadProgress {
  readonly url: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface DownloadOptions {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Stops the download; what has arrived is kept, and the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** How often to try again, without a single byte arriving, before giving up. */
  readonly retries?: number;
  /** Milliseconds before the first retry; every further one waits twice as long. */
  readonly firstWait?: number;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stallTimeout?: number;
}

/** Says why no address gave the file. */
export class DownloadError extends Error {
  override readonly name = "DownloadError";
}

/**
 * Downloads a file to `path`.
 *
 * @throws DownloadError when no address gives the right file.
 * @throws UserError when the file cannot be written: no space, no permission.
 * @throws the signal's reason when it is aborted.
 */
export async function download(file: RemoteFile, path: string, options: DownloadOptions = {}): Promise<void> {
  const { onProgress, signal, retries = 3, firstWait = 500, stallTimeout = 30_000 } = options;
  const part = `${path}.part`;
  await makeFolder(dirname(path));
  const usable = [...file.urls];
  const failures = new Set<string>();
  let most = await partSize(part, file.bytes);
  // Attempts in a row that brought no byte further: a line that is cut again and again still works.
  let vain = 0;
  for (let attempt = 0; vain <= retries; attempt++) {
    signal?.throwIfAborted();
    const url = usable[attempt % usable.length];
    if (url === undefined) break;
    try {
      await attemptFrom(url, file, part, stallTimeout, signal, onProgress);
      return await onDisk(path, () => rename(part, path));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof SourceError)) {
        if (isNoSpace(error)) await rm(part, { force: true });
        throw fileSystemError(error, path);
      }
      failures.add(error.message);
      if (error.final) {
        usable.splice(usable.indexOf(url), 1);
        continue;
      }
    }
    const size = await partSize(part, file.bytes);
    vain = size > most ? 0 : vain + 1;
    most = Math.max(most, size);
    if (vain <= retries) await pause(firstWait * 2 ** Math.max(vain - 1, 0), signal);
  }
  throw new DownloadError([...failures].join("; "));
}

/** Fetches what is missing from one address and checks the whole. */
async function attemptFrom(
  url: string,
  file: RemoteFile,
  part: string,
  stallTimeout: number,
  signal: AbortSignal | undefined,
  onProgress: DownloadOptions["onProgress"],
): Promise<void> {
  const from = await partSize(part, file.bytes);
  await transfer(url, part, { from, bytes: file.bytes, stallTimeout, signal }, (receivedBytes, totalBytes) =>
    onProgress?.({ url, receivedBytes, totalBytes }),
  );
  if (file.sha256 === undefined) return;
  const actual = await sha256Of(part);
  if (actual === file.sha256) return;
  await rm(part, { force: true });
  // A part from an earlier attempt may be to blame: only a download in one piece proves the address wrong.
  throw new SourceError(`${url} gave another file: SHA-256 ${actual} instead of ${file.sha256}; it was deleted`, {
    final: from === 0,
  });
}

/** Bytes that have arrived earlier; a part that is too long cannot be of this file and is removed. */
async function partSize(part: string, bytes = Infinity): Promise<number> {
  const size = await stat(part).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size <= bytes) return size;
  await rm(part, { force: true });
  return 0;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

async function onDisk<T>(path: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw fileSystemError(error, path);
  }
}
