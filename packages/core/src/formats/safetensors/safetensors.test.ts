// Compared with files of the reference implementation, see fixtures/safetensors.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { damagedFiles, readDamaged } from "../testing/damaged-files.ts";
import { readSafetensors, SafetensorsError, writeSafetensors } from "./index.ts";

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../../../fixtures/safetensors/${name}`, import.meta.url)));
}

/** A file with a head of this JSON and so many bytes of data. */
function fileOf(json: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof json === "string" ? json : JSON.stringify(json));
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const single = (dtype: string, shape: unknown, offsets: unknown): unknown => ({
  a: { dtype, shape, data_offsets: offsets },
});

describe("reading", () => {
  test("Node's buffers, which may lie anywhere in a larger one", () => {
    const bytes = fixture("tensors.safetensors");
    const inPool = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect(readSafetensors(inPool)).toEqual(readSafetensors(bytes));
  });

  test("every float type, scalars, empty tensors and notes of the reference implementation", () => {
    const { tensors, metadata } = readSafetensors(fixture("tensors.safetensors"));
    const f32 = Math.fround;
    expect(Object.fromEntries(tensors)).toEqual({
      "float32/matrix": { shape: [2, 3], data: Float32Array.of(0.5, -1.25, 3e38, 1e-40, 0.1, -0) },
      "float16/vector": { shape: [5], data: Float32Array.of(1, -2.5, 65504, 2 ** -24, Infinity) },
      "bfloat16/vector": { shape: [5, 1], data: Float32Array.of(1, -2.5, 3.140625, 2 ** -133, Infinity) },
      "float64/vector": { shape: [2], data: Float32Array.of(f32(0.1), -Infinity) },
      scalar: { shape: [], data: Float32Array.of(42) },
      empty: { shape: [0, 3], data: new Float32Array(0) },
    });
    expect(metadata).toEqual({ "written by": "safetensors", größe: "5 × 1" });
  });

  test("from the middle of a larger buffer", () => {
    const file = fixture("float32.safetensors");
    const larger = new Uint8Array(file.length + 9);
    larger.set(file, 3);
    expect(readSafetensors(larger.subarray(3, 3 + file.length))).toEqual(readSafetensors(file));
  });
});

describe("writing", () => {
  test("gives the reference implementation's bytes", () => {
    const file = fixture("float32.safetensors");
    const { tensors, metadata } = readSafetensors(file);
    const shuffled = new Map([...tensors].toReversed());
    expect(writeSafetensors(shuffled, metadata)).toEqual(file);
  });

  test("and reading give back any names and values", () => {
    const tensors = new Map([
      ["__proto__", { shape: [2], data: Float32Array.of(NaN, -0) }],
      ['"quoted"\n', { shape: [1, 1, 1], data: Float32Array.of(1e-45) }],
    ]);
    const read = readSafetensors(writeSafetensors(tensors)).tensors;
    expect([...read.keys()].toSorted()).toEqual([...tensors.keys()].toSorted());
    for (const [name, tensor] of tensors) expect(read.get(name)).toEqual(tensor);
  });

  test("refuses shapes that do not fit, and the name of the metadata", () => {
    const data = new Float32Array(3);
    expect(() => writeSafetensors(new Map([["w", { shape: [2, 2], data }]]))).toThrow(
      /"w" has the shape \[2, 2\], 4 values; 3/,
    );
    expect(() => writeSafetensors(new Map([["__metadata__", { shape: [3], data }]]))).toThrow(SafetensorsError);
  });
});

describe("refusing", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /0 bytes/],
    [
      "a head beyond the end",
      Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 1),
      /announces a head of 1844674407370955/,
    ],
    ["another kind of file", new TextEncoder().encode("GIF89a: surely no safetensors file"), /no safetensors file/],
    ["a head that is no JSON", fileOf("{]", 0), /is not JSON/],
    ["a head that is no UTF-8", Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff), /is not UTF-8/],
    ["a head that is a list", fileOf([], 0), /no JSON object/],
    ["deep nesting", fileOf("[".repeat(200_000), 0), /nested over 400 deep/],
    [
      "a head of many small pieces",
      fileOf(`[${"[],".repeat(2 ** 23)}0]`, 0),
      /has 25165827 characters; up to 16777216/,
    ],
    [
      "a tensor without a place",
      fileOf({ a: { dtype: "F32", shape: [] } }, 0),
      /"a" lacks its type, its shape or its place/,
    ],
    ["a shape of fractions", fileOf(single("F32", [0.5], [0, 2]), 2), /lacks/],
    ["a place of three numbers", fileOf(single("F32", [1], [0, 4, 4]), 4), /lacks/],
    ["a shape that its bytes do not fill", fileOf(single("F32", [2], [0, 4]), 4), /has 4 bytes and its shape takes 8/],
    ["a huge shape", fileOf(single("F32", [2 ** 50, 2 ** 50], [0, 4]), 4), /its shape takes/],
    ["a tensor beyond the end", fileOf(single("F32", [4], [0, 16]), 15), /beyond the 15 bytes/],
    ["a gap before a tensor", fileOf(single("F32", [1], [4, 8]), 8), /does not follow the one before it/],
    ["bytes behind the last tensor", fileOf(single("F32", [1], [0, 4]), 8), /end at byte 4, and 8 bytes are there/],
    ["whole numbers", fileOf(single("I64", [1], [0, 8]), 8), /"a" holds I64 numbers; floats can be read: F16, BF16/],
    ["metadata that is no text", fileOf({ __metadata__: { a: 1 } }, 0), /must hold texts only/],
  ])("%s", (_, file, message) => {
    expect(() => readSafetensors(file)).toThrow(SafetensorsError);
    expect(() => readSafetensors(file)).toThrow(message);
  });

  test("two tensors in the same place", () => {
    const place = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
    expect(() => readSafetensors(fileOf({ a: place, b: place }, 4))).toThrow(/does not follow/);
  });
});

test("a damaged file is read or refused with a reason, whatever the damage", async () => {
  const files = damagedFiles(fixture("tensors.safetensors"), 1000, 1);
  const { refused, others, gigabytes } = await readDamaged(files, readSafetensors, SafetensorsError);
  expect(others).toEqual([]);
  expect(gigabytes).toBeLessThan(1);
  // Damage among the numbers and in the metadata goes unnoticed.
  expect(refused).toBeGreaterThan(700);
});
