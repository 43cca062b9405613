import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../errors.ts";
import { download, DownloadError, type DownloadOptions, type DownloadProgress } from "./download.ts";
import * as servers from "./testing/file-server.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, index) => Math.imul(index, 0x9e3779b1) >>> 24);
const sha256 = createHash("sha256").update(content).digest("hex");
const quick: DownloadOptions = { firstWait: 1, stallTimeout: 5000 };

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-download-"));
  path = join(folder, "set", "file.gz");
});
afterEach(() => rm(folder, { recursive: true }));

/** Serves the file as told, downloads it, and hands back what was requested. */
async function run(
  behaviours: readonly [servers.Behaviour, ...servers.Behaviour[]],
  options: DownloadOptions = {},
): Promise<readonly string[]> {
  await using server = await servers.serveFiles({ "/file.gz": content }, behaviours);
  await download({ urls: [`${server.url}file.gz`], bytes: content.length, sha256 }, path, { ...quick, ...options });
  return server.requests.map((request) => request.range);
}

async function expectWhole(): Promise<void> {
  // Compared by hand: expect takes a second over so many numbers.
  expect((await readFile(path)).equals(content)).toBe(true);
  expect(existsSync(`${path}.part`)).toBe(false);
}

describe("a good line", () => {
  it("downloads, creating the folders, and tells how far it has come", async () => {
    const seen: DownloadProgress[] = [];
    expect(await run([servers.serve], { onProgress: (progress) => seen.push(progress) })).toEqual([""]);
    await expectWhole();
    expect(seen[0]?.receivedBytes).toBe(0);
    expect(seen.at(-1)).toMatchObject({ receivedBytes: content.length, totalBytes: content.length });
    const received = seen.map((progress) => progress.receivedBytes);
    expect(received).toEqual(received.toSorted((one, other) => one - other));
    expect(seen[0]?.url).toMatch(/^http:.*file\.gz$/);
  });
});

describe("a file of unknown length and hash", () => {
  it("is whole when the server has sent what it promised", async () => {
    await using server = await servers.serveFiles({ "/file.gz": content }, [
      servers.cutAfter(100_000),
      servers.cutAfter(100_000),
      servers.serve,
    ]);
    const seen: DownloadProgress[] = [];
    await download({ urls: [`${server.url}file.gz`] }, path, {
      ...quick,
      onProgress: (progress) => seen.push(progress),
    });
    await expectWhole();
    expect(server.requests).toHaveLength(3);
    expect(seen.every(({ totalBytes }) => totalBytes === content.length)).toBe(true);
  });
});

describe("a bad line", () => {
  it("goes on where it was cut off, more often than retries are allowed in vain", async () => {
    const cuts = Array.from({ length: 8 }, () => servers.cutAfter(30_000));
    const ranges = await run([servers.cutAfter(30_000), ...cuts, servers.serve], { retries: 1 });
    await expectWhole();
    expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
    expect(ranges.length).toBeGreaterThan(5);
  });

  it("goes on from the part that an earlier run left", async () => {
    await expect(run([servers.cutAfter(100_000), servers.status(503)], { retries: 0 })).rejects.toThrow(/503/);
    const left = await readFile(`${path}.part`);
    expect(left.length).toBeGreaterThan(0);
    expect(existsSync(path)).toBe(false);
    expect(await run([servers.serve])).toEqual([`bytes=${left.length}-`]);
    await expectWhole();
  });

  it("takes a part that is complete already, without asking", async () => {
    await expect(run([servers.status(503)], { retries: 0 })).rejects.toThrow(/503/);
    await writeFile(`${path}.part`, content);
    expect(await run([servers.status(404)])).toEqual([]);
    await expectWhole();
  });

  it("starts anew where the server ignores, refuses or mistakes the range", async () => {
    expect(await run([servers.cutAfter(50_000), servers.ignoreRange()])).toHaveLength(2);
    await expectWhole();
    await rm(path);
    expect((await run([servers.cutAfter(50_000), servers.refuseRange])).at(-1)).toBe("");
    await expectWhole();
    await rm(path);
    expect((await run([servers.cutAfter(50_000), servers.wrongPart, servers.serve])).at(-1)).toBe("");
    await expectWhole();
  });

  it("gives up on a server that never gets further", async () => {
    await expect(run([servers.ignoreRange(50_000)], { retries: 2 })).rejects.toThrow(/cut off/);
    expect(existsSync(path)).toBe(false);
  });

  it("waits for a server in trouble, for a time", async () => {
    expect(await run([servers.status(503), servers.status(429), servers.serve])).toHaveLength(3);
    await rm(path);
    const error: unknown = await run([servers.status(500)], { retries: 2 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DownloadError);
    expect(String(error)).toMatch(/file\.gz answered 500 Internal Server Error/);
  });

  it("drops a connection that sends nothing, before the answer or within", async () => {
    await run([servers.hang, servers.hangAfter(40_000), servers.serve], { stallTimeout: 150 });
    await expectWhole();
    await rm(path);
    await expect(run([servers.hang], { stallTimeout: 50, retries: 1 })).rejects.toThrow(/sent nothing for 0.05 s/);
  });

  it("says when nobody answers", async () => {
    const server = await servers.serveFiles({}, [servers.serve]);
    await server[Symbol.asyncDispose]();
    const gone = { urls: [`${server.url}file.gz`] as const, bytes: 1, sha256 };
    await expect(download(gone, path, { ...quick, retries: 1 })).rejects.toThrow(/could not be reached.*ECONNREFUSED/);
    expect(existsSync(`${path}.part`)).toBe(false);
  });
});

describe("a wrong file", () => {
  it("is deleted, and not asked for again", async () => {
    const error: unknown = await run([servers.otherBytes]).catch((caught: unknown) => caught);
    expect(String(error)).toMatch(
      new RegExp(`gave another file: SHA-256 [0-9a-f]{64} instead of ${sha256}; it was deleted`),
    );
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });

  it("is fetched once more, in one piece, when the fault may lie with an old part", async () => {
    await expect(run([servers.status(503)], { retries: 0 })).rejects.toThrow(/503/);
    await writeFile(`${path}.part`, new Uint8Array(1000).fill(7));
    expect(await run([servers.serve])).toEqual(["bytes=1000-", ""]);
    await expectWhole();
  });

  it("is refused when it is too long, whether on the line or on the disk", async () => {
    await expect(run([servers.tooLong])).rejects.toThrow(/more than the 300000 bytes/);
    expect(existsSync(path)).toBe(false);
    await writeFile(`${path}.part`, new Uint8Array(content.length + 1));
    expect(await run([servers.serve])).toEqual([""]);
    await expectWhole();
  });

  it("is looked for at the next address", async () => {
    await using server = await servers.serveFiles({ "/mirror/file.gz": content }, [servers.serve]);
    const urls = [`${server.url}file.gz`, `${server.url}mirror/file.gz`] as const;
    await download({ urls, bytes: content.length, sha256 }, path, quick);
    expect(server.requests.map((request) => request.path)).toEqual(["/file.gz", "/mirror/file.gz"]);
    await expectWhole();
    const missing = { urls: [`${server.url}a`, `${server.url}b`] as const, bytes: 1, sha256 };
    await expect(download(missing, `${path}2`, quick)).rejects.toThrow(
      /\/a answered 404 Not Found; .*\/b answered 404/,
    );
  });
});

describe("stopping", () => {
  it("stops when told to, keeping what has arrived", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped by the user");
    const onProgress = ({ receivedBytes }: DownloadProgress): void => {
      if (receivedBytes > 0) stop.abort(reason);
    };
    await expect(run([servers.hangAfter(60_000)], { signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect(existsSync(path)).toBe(false);
    expect((await readFile(`${path}.part`)).length).toBeGreaterThan(0);
  });

  it("does not begin when told before, and does not wait between attempts", async () => {
    const reason = new Error("stopped before");
    await expect(run([servers.serve], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 50);
    await expect(run([servers.status(503)], { signal: stop.signal, firstWait: 60_000 })).rejects.toBe(reason);
  });
});

describe("a disk that does not take it", () => {
  it.skipIf(!existsSync("/dev/full"))("says that it is full, and leaves nothing (needs /dev/full)", async () => {
    await expect(run([servers.status(503)], { retries: 0 })).rejects.toThrow(/503/);
    await symlink("/dev/full", `${path}.part`);
    const error: unknown = await run([servers.serve]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/disk is full, so .*file\.gz could not be written; free some space/);
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });

  it("says that a folder is a file", async () => {
    await writeFile(join(folder, "set"), "");
    await expect(run([servers.serve])).rejects.toThrow(/is a file, and a folder was expected/);
  });

  it.skipIf(process.getuid?.() === 0)("says that there is no permission (does not hold for root)", async () => {
    await chmod(folder, 0o500);
    await expect(run([servers.serve])).rejects.toThrow(/no permission to use .*file\.gz/);
    await chmod(folder, 0o700);
  });
});
