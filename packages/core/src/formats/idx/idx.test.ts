import { afterEach, describe, expect, it, vi } from "vitest";
import { encodeIdx, IdxError, readIdx, type IdxData } from "./index.ts";

async function gzip(...parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob(parts).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function withBytes(bytes: Uint8Array<ArrayBuffer>, changes: Record<number, number>): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  for (const [at, value] of Object.entries(changes)) copy[Number(at)] = value;
  return copy;
}

/** Bytes that do not compress well, so that a gzip file of them can be cut in many places. */
const noise = Uint8Array.from({ length: 30 * 28 * 28 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
const images = encodeIdx([30, 28, 28], noise);

afterEach(() => vi.unstubAllGlobals());

describe("reading", () => {
  it("reads bytes written by hand", async () => {
    const file = Uint8Array.of(0, 0, 0x08, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255);
    expect(await readIdx(file)).toEqual({ dims: [2, 3], dtype: "uint8", data: Uint8Array.of(10, 20, 30, 40, 50, 255) });
  });

  it("reads big-endian values of several bytes", async () => {
    const file = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0x01, 0x02, 0xff, 0xfe);
    expect(await readIdx(file)).toEqual({ dims: [2], dtype: "int16", data: Int16Array.of(258, -2) });
    const floats = Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0);
    expect((await readIdx(floats)).data).toEqual(Float32Array.of(1.5));
  });

  it.each<[string, IdxData]>([
    ["uint8", Uint8Array.of(0, 1, 254, 255, 7, 8)],
    ["int8", Int8Array.of(0, -1, 127, -128, 7, 8)],
    ["int16", Int16Array.of(0, -1, 32767, -32768, 7, 8)],
    ["int32", Int32Array.of(0, -1, 2 ** 31 - 1, -(2 ** 31), 7, 8)],
    ["float32", Float32Array.of(0, -1.5, 3.25e30, 1e-40, NaN, Infinity)],
    ["float64", Float64Array.of(0, -1.5, 3.25e300, 5e-324, NaN, -Infinity)],
  ])("gives back %s as it was written, plain and compressed", async (dtype, data) => {
    const file = encodeIdx([3, 2], data);
    expect(await readIdx(file)).toEqual({ dims: [3, 2], dtype, data });
    expect(await readIdx(await gzip(file))).toEqual({ dims: [3, 2], dtype, data });
  });

  it("reads from the middle of a larger buffer", async () => {
    const file = encodeIdx([3], Float64Array.of(1, 2, 3));
    const larger = new Uint8Array(file.length + 11);
    larger.set(file, 5);
    expect((await readIdx(larger.subarray(5, 5 + file.length))).data).toEqual(Float64Array.of(1, 2, 3));
  });

  it("does not copy uncompressed bytes", async () => {
    expect((await readIdx(images)).data.buffer).toBe(images.buffer);
  });

  it("reads a compressed file of many pieces", async () => {
    const read = await readIdx(await gzip(images));
    expect(read.dims).toEqual([30, 28, 28]);
    expect(read.data).toEqual(noise);
  });

  it("reads a file without rows", async () => {
    const empty = encodeIdx([0, 28, 28], new Uint8Array(0));
    expect((await readIdx(empty)).dims).toEqual([0, 28, 28]);
    expect((await readIdx(await gzip(empty))).data).toHaveLength(0);
  });
});

describe("refusing", () => {
  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /0 bytes.*empty or cut short/],
    ["three bytes", Uint8Array.of(0, 0, 8), /3 bytes.*empty or cut short/],
    ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /magic number is 0x89504e47.*another kind/],
    ["an unknown element type", withBytes(images, { 2: 0x0a }), /element type 0x0a; IDX files have 0x08 uint8,/],
    ["no dimensions", withBytes(images, { 3: 0 }), /no dimensions/],
    ["a cut head", images.subarray(0, 10), /cut short: it ends after 10 bytes, inside its head of 16 bytes/],
    ["a missing byte", images.subarray(0, -1), /cut short.*\[30, 28, 28\] uint8.*23536 bytes, and it has 23535/],
    ["a byte too many", Uint8Array.of(...images, 0), /too long.*23536 bytes, and it has 23537/],
    ["a count of 4 billion", withBytes(images, { 4: 0xff }), /cut short.*\[4278190110, 28, 28\]/],
    ["sizes beyond any file", withBytes(images, { 4: 0xff, 8: 0xff, 12: 0xff }), /more than any file holds/],
    ["an empty gzip file", Uint8Array.of(0x1f, 0x8b), /gzip file is cut short: it has only 2 bytes/],
  ])("%s", async (_, file, message) => {
    const error: unknown = await readIdx(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(IdxError);
    expect(String(error)).toMatch(message);
  });

  it("a gzip file cut anywhere", async () => {
    const whole = await gzip(images);
    for (let length = 2; length < whole.length; length += 1 + Math.floor(whole.length / 50)) {
      // Node gives no reason for data that end too early; then none is quoted.
      await expect(readIdx(whole.slice(0, length)), `cut at ${length}`).rejects.toThrow(/cut short(?! \(\))/);
    }
    await expect(readIdx(whole.slice(0, -1))).rejects.toThrow(/cut short/);
  });

  it("gzip data with a flipped bit, found by its checksum", async () => {
    const whole = await gzip(images);
    const middle = whole.length >> 1;
    await expect(readIdx(withBytes(whole, { [middle]: (whole[middle] ?? 0) ^ 1 }))).rejects.toThrow(IdxError);
  });

  it("a gzip file whose content is no IDX file, or has another length", async () => {
    await expect(readIdx(await gzip(new TextEncoder().encode("hello, world")))).rejects.toThrow(/magic number/);
    await expect(readIdx(await gzip(new Uint8Array(0)))).rejects.toThrow(/0 bytes/);
    await expect(readIdx(await gzip(images.slice(0, -5)))).rejects.toThrow(/cut short.*has 23531 once inflated/);
    await expect(readIdx(await gzip(images, new Uint8Array(1)))).rejects.toThrow(/too long/);
  });

  it("a compressed head that promises more than its bytes can inflate to", async () => {
    const file = await gzip(withBytes(images, { 4: 0x7f }));
    await expect(readIdx(file)).rejects.toThrow(/cut short.*at most \d+ once inflated/);
  });

  it("a gzip bomb, without inflating it", async () => {
    const bomb = await gzip(images, new Uint8Array(64 * 2 ** 20));
    let inflated = 0;
    class CountingDecompressionStream extends DecompressionStream {
      override readonly readable = super.readable.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(piece, controller) {
            inflated += piece.length;
            controller.enqueue(piece);
          },
        }),
      );
    }
    vi.stubGlobal("DecompressionStream", CountingDecompressionStream);
    await expect(readIdx(bomb)).rejects.toThrow(/too long/);
    expect(inflated).toBeGreaterThan(images.length);
    // One piece of 16 KiB can inflate to 16 MiB; Node hands that on in small parts, and stops after the first few.
    expect(inflated).toBeLessThan(17 * 2 ** 20);
  });
});

describe("writing", () => {
  it("writes the format's bytes", () => {
    const expected = Uint8Array.of(0, 0, 0x0b, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0xff, 0xfe);
    expect(encodeIdx([2, 1], Int16Array.of(1, -2))).toEqual(expected);
  });

  it("refuses sizes that do not fit", () => {
    expect(() => encodeIdx([2, 3], new Uint8Array(5))).toThrow(/\[2, 3\] needs 6 values, and 5 came/);
    expect(() => encodeIdx([], new Uint8Array(1))).toThrow(/1 to 255 dimensions; 0 came/);
    expect(() => encodeIdx([1.5, 2], new Uint8Array(3))).toThrow(/1.5 came in \[1.5, 2\]/);
    expect(() => encodeIdx([-1], new Uint8Array(0))).toThrow(/-1 came/);
  });
});
