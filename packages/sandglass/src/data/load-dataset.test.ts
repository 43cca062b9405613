import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodeIdx, wardrobe, type Dataset } from "@sandglass/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UserError } from "../errors.ts";
import { loadDataset, namedSets } from "./index.ts";
import { loadPublishedSet } from "./load-dataset.ts";
import type { PublishedSet } from "./registry.ts";
import { serve, serveFiles, status } from "./testing/file-server.ts";

const drawn = wardrobe({ count: 12, seed: 5 });
const images = encodeIdx([12, 28, 28], drawn.images);
const labels = encodeIdx([12], drawn.labels);
const zipped = { images: new Uint8Array(gzipSync(images)), labels: new Uint8Array(gzipSync(labels)) };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandglass-data-"));
  // Nothing of the machine's own: no data folder, and no cache that a test could fill.
  vi.stubEnv("SANDGLASS_DATA", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Writes files under the test's folder; returns the path of the last one. */
async function put(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  let path = folder;
  for (const [name, bytes] of Object.entries(files)) {
    path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, bytes);
  }
  return path;
}

async function failure(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe("wardrobe", () => {
  it("is drawn, as many as asked for, by the seed", async () => {
    const data = await loadDataset("wardrobe", { count: 12, seed: 5 });
    expect(data).toMatchObject({ name: "wardrobe", shape: [28, 28, 1], count: 12, scale: 1 / 255 });
    expect(data.values).toEqual(drawn.images);
    expect(data.labels).toEqual(drawn.labels);
    expect(data.classNames?.[8]).toBe("Bag");
  });

  it("tests with other images than it trains on", async () => {
    const [train, test] = [
      await loadDataset("wardrobe", { count: 200 }),
      await loadDataset("wardrobe", { count: 200, split: "test" }),
    ];
    const rowsOf = ({ values: bytes }: Dataset): string[] =>
      Array.from({ length: 200 }, (_, row) => Buffer.from(bytes.slice(row * 784, (row + 1) * 784)).toString("hex"));
    expect(new Set([...rowsOf(train), ...rowsOf(test)]).size).toBe(400);
  });

  it("refuses numbers that are none", async () => {
    for (const count of [0, -1, 1.5, NaN]) {
      expect(await failure(loadDataset("wardrobe", { count }))).toMatchObject({ exitCode: 2 });
    }
    expect(await failure(loadDataset("wardrobe", { count: 1e12 }))).toMatchObject({
      exitCode: 2,
      message: "wardrobe is drawn with up to 10,000,000 images; 1000000000000 came as --count",
    });
    const error = await failure(loadDataset("wardrobe", { seed: -1 }));
    expect(error).toMatchObject({
      exitCode: 2,
      message: "the seed must be a whole number from 0 to 4294967295; -1 came",
    });
  });
});

describe("named sets in a data folder", () => {
  it.each([
    ["compressed", ".gz", zipped],
    ["uncompressed", "", { images, labels }],
  ])("are read %s", async (_, ending, files) => {
    await put({
      [`fashion-mnist/t10k-images-idx3-ubyte${ending}`]: files.images,
      [`fashion-mnist/t10k-labels-idx1-ubyte${ending}`]: files.labels,
    });
    const data = await loadDataset("fashion-mnist", { dataDir: folder, split: "test", count: 7 });
    expect(data).toMatchObject({ name: "fashion-mnist", shape: [28, 28, 1], count: 7 });
    expect(data.values).toEqual(drawn.images.subarray(0, 7 * 784));
    expect(data.labels).toEqual(drawn.labels.subarray(0, 7));
    expect(data.classNames?.[0]).toBe("T-shirt/top");
  });

  it("are found by SANDGLASS_DATA", async () => {
    await put({ "mnist/train-images-idx3-ubyte": images, "mnist/train-labels-idx1-ubyte.gz": zipped.labels });
    vi.stubEnv("SANDGLASS_DATA", folder);
    expect((await loadDataset("mnist")).count).toBe(12);
  });

  it("are not looked for in a folder that is not there", async () => {
    const missing = join(folder, "nowhere");
    const error = await failure(loadDataset("mnist", { dataDir: missing }));
    expect(error.message).toContain(`the data folder ${missing} does not exist; correct --data-dir`);
    expect((await failure(loadDataset("mnist", { dataDir: await put({ file: "" }) }))).message).toContain("is a file");
  });

  it("refuse files of other sets, and more samples than there are", async () => {
    await put({
      "mnist/train-images-idx3-ubyte.gz": zipped.images,
      "mnist/train-labels-idx1-ubyte": encodeIdx([11], drawn.labels.slice(0, 11)),
    });
    const counts = await failure(loadDataset("mnist", { dataDir: folder }));
    expect(counts.message).toContain(
      "train-images-idx3-ubyte.gz has 12 images and train-labels-idx1-ubyte has 11 labels",
    );
    await put({ "mnist/train-labels-idx1-ubyte": images });
    const swapped = await failure(loadDataset("mnist", { dataDir: folder }));
    expect(swapped.message).toContain("uint8 values of shape [12, 28, 28]; labels are uint8 of shape [count]");
    await put({ "mnist/train-labels-idx1-ubyte": encodeIdx([12], new Uint8Array(12).fill(10)) });
    const unknown = await failure(loadDataset("mnist", { dataDir: folder }));
    expect(unknown.message).toContain("the label of sample 0 is 10, and there are 10 classes");
    await put({ "mnist/train-labels-idx1-ubyte": labels });
    const count = await failure(loadDataset("mnist", { dataDir: folder, count: 13 }));
    expect(count).toMatchObject({ exitCode: 2, message: "mnist has 12 samples, and 13 were asked for" });
  });
});

describe("named sets on the network", () => {
  const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  const file = (name: string, bytes: Uint8Array) => ({ name, bytes: bytes.length, sha256: sha256(bytes) });
  const half = (prefix: string) => ({
    images: file(`${prefix}-images-idx3-ubyte.gz`, zipped.images),
    labels: file(`${prefix}-labels-idx1-ubyte.gz`, zipped.labels),
  });
  const published = (url: string): PublishedSet => ({
    kind: "published",
    name: "tiny",
    title: "Twelve drawings",
    shape: [28, 28, 1],
    classNames: drawn.classNames,
    counts: { train: 12, test: 12 },
    licence: "MIT",
    citation: "none",
    sources: [url],
    files: { train: half("train"), test: half("t10k") },
  });
  const served = { "/train-images-idx3-ubyte.gz": zipped.images, "/train-labels-idx1-ubyte.gz": zipped.labels };

  it("are downloaded into the cache once, and only the half that is asked for", async () => {
    await using server = await serveFiles(served, [serve]);
    const data = await loadPublishedSet(published(server.url), { cacheDir: folder });
    expect(data.values).toEqual(drawn.images);
    expect(data.labels).toEqual(drawn.labels);
    expect(server.requests.map((request) => request.path)).toEqual(Object.keys(served));
    expect(new Uint8Array(await readFile(join(folder, "tiny", "train-images-idx3-ubyte.gz")))).toEqual(zipped.images);
    expect((await loadPublishedSet(published(server.url), { cacheDir: folder })).count).toBe(12);
    expect(server.requests).toHaveLength(2);
  });

  it("come from the data folder first, then from the cache", async () => {
    await using server = await serveFiles({}, [serve]);
    await put({
      "mine/tiny/train-images-idx3-ubyte.gz": zipped.images,
      "cache/tiny/train-images-idx3-ubyte.gz": "spoilt",
      "cache/tiny/train-labels-idx1-ubyte.gz": zipped.labels,
    });
    const options = { dataDir: join(folder, "mine"), cacheDir: join(folder, "cache") };
    expect((await loadPublishedSet(published(server.url), options)).count).toBe(12);
    expect(server.requests).toEqual([]);
  });

  it("say what to do when they cannot be had", async () => {
    await using server = await serveFiles(served, [status(503)]);
    const error = await failure(
      loadPublishedSet(published(server.url), { cacheDir: folder, retries: 1, firstWait: 1 }),
    );
    expect(error.exitCode).toBe(1);
    expect(error.message).toContain(`could not download tiny: ${server.url}train-images-idx3-ubyte.gz answered 503`);
    expect(error.message).toContain(
      `\n  ${server.url}train-images-idx3-ubyte.gz\n  ${server.url}train-labels-idx1-ubyte.gz\n`,
    );
    expect(error.message).toContain(join(folder, "tiny"));
    expect(error.message).toContain("--data-dir");
    expect(existsSync(join(folder, "tiny", "train-images-idx3-ubyte.gz"))).toBe(false);
  });

  it("say which cached file to delete when it is damaged", async () => {
    await using server = await serveFiles(served, [serve]);
    await put({
      "tiny/train-images-idx3-ubyte.gz": zipped.images.subarray(0, 500),
      "tiny/train-labels-idx1-ubyte": labels,
    });
    const error = await failure(loadPublishedSet(published(server.url), { cacheDir: folder }));
    expect(error.message).toMatch(
      /train-images-idx3-ubyte\.gz: the .*cut short[^]*Delete the file, and it is downloaded again/,
    );
  });
});

describe("paths", () => {
  it("give an IDX file with the labels beside it", async () => {
    const path = await put({ "my-labels-idx1-ubyte": labels, "my-images-idx3-ubyte.gz": zipped.images });
    const data = await loadDataset(path, { count: 5 });
    expect(data).toMatchObject({ name: "my-images-idx3-ubyte", shape: [28, 28, 1], count: 5 });
    expect(data.labels).toEqual(drawn.labels.subarray(0, 5));
  });

  it("give an IDX file of another name, shape or type without labels", async () => {
    const path = await put({ "features.idx": encodeIdx([2, 3], Float32Array.of(0, 1, 2, 3, 4, 5)) });
    const data = await loadDataset(path);
    expect(data).toEqual({
      name: "features.idx",
      shape: [3],
      values: Float32Array.of(0, 1, 2, 3, 4, 5),
      scale: 1,
      count: 2,
    });
    const colour = await put({ "colour.idx": encodeIdx([1, 2, 2, 3], new Uint8Array(12)) });
    expect((await loadDataset(colour)).shape).toEqual([2, 2, 3]);
  });

  it("give a folder with a set's files", async () => {
    await put({ "set/t10k-images-idx3-ubyte.gz": zipped.images, "set/t10k-labels-idx1-ubyte.gz": zipped.labels });
    const data = await loadDataset(join(folder, "set"), { split: "test" });
    expect(data).toMatchObject({ name: "set", count: 12 });
    expect(data.labels).toEqual(drawn.labels);
    expect((await failure(loadDataset(join(folder, "set")))).message).toMatch(
      /set has no file train-images-idx3-ubyte\.gz/,
    );
  });

  it.each<[string, Record<string, Uint8Array | string>, RegExp]>([
    ["an empty file", { "a.idx": "" }, /a\.idx: the file has 0 bytes.*empty or cut short/],
    ["another kind of file", { "a.idx": "\x89PNG\r\n\x1a\n" }, /a\.idx: the magic number is .*another kind of file/],
    [
      "a file cut short",
      { "a.idx": images.subarray(0, 5000) },
      /a\.idx: the file is cut short: .*\[12, 28, 28\] uint8/,
    ],
    ["a gzip file cut short", { "a.gz": zipped.images.subarray(0, 900) }, /a\.gz: .*cut short/],
    ["labels", { "a.idx": labels }, /a\.idx has the shape \[12\]; images are .*this looks like a file of labels/],
    ["no images", { "a.idx": encodeIdx([0, 28, 28], new Uint8Array(0)) }, /a\.idx has no samples/],
    [
      "other types",
      { "a.idx": encodeIdx([1, 2], Int16Array.of(1, 2)) },
      /a\.idx holds int16 values; images must be uint8/,
    ],
    ["NaN", { "a.idx": encodeIdx([1, 2], Float32Array.of(1, NaN)) }, /^[^:]*a\.idx: sample 0 has NaN at its value 1;/],
  ])("refuse %s", async (_, files, message) => {
    const error = await failure(loadDataset(await put(files)));
    expect(error.exitCode).toBe(1);
    expect(error.message).toMatch(message);
  });

  it("refuse an empty folder, and one without IDX files", async () => {
    await mkdir(join(folder, "empty"));
    expect((await failure(loadDataset(join(folder, "empty")))).message).toMatch(
      /empty is empty; expected IDX files such as/,
    );
    await put({ "photos/cat.jpg": "" });
    expect((await failure(loadDataset(join(folder, "photos")))).message).toMatch(
      /photos has no samples: it has cat\.jpg; expected IDX files/,
    );
  });

  it("say that nothing is there", async () => {
    const error = await failure(loadDataset("./nowhere/images.idx"));
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining("no file or folder ./nowhere/images.idx"),
    });
  });

  it("suggest the name that was meant", async () => {
    const error = await failure(loadDataset("fashon-mnist"));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('there is no data set "fashon-mnist"');
    expect(error.message).toContain('did you mean "fashion-mnist"?');
    expect((await failure(loadDataset("cifar"))).message).not.toContain("did you mean");
  });
});

describe("the registry", () => {
  it("has complete entries", () => {
    expect(namedSets.map((set) => set.name)).toEqual(["wardrobe", "fashion-mnist", "mnist"]);
    for (const set of namedSets) {
      expect(set.classNames).toHaveLength(10);
      if (set.kind === "drawn") continue;
      for (const source of set.sources) expect(source).toMatch(/^https?:\/\/.*\/$/);
      const files = Object.values(set.files).flatMap((half) => [half.images, half.labels]);
      expect(new Set(files.map((file) => file.sha256)).size).toBe(4);
      for (const file of files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  const shared = process.env["SANDGLASS_DATA"] ?? "";
  it.skipIf(shared === "")("matches the real files (needs SANDGLASS_DATA)", async () => {
    for (const set of namedSets) {
      if (set.kind === "drawn") continue;
      for (const split of ["train", "test"] as const) {
        for (const file of [set.files[split].images, set.files[split].labels]) {
          const bytes = await readFile(join(shared, set.name, file.name));
          expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([file.bytes, file.sha256]);
        }
        const data = await loadDataset(set.name, { split, dataDir: shared });
        expect([data.count, data.shape]).toEqual([set.counts[split], set.shape]);
      }
    }
  });
});
