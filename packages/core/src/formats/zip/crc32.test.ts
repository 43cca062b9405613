import { crc32 as crc32OfZlib } from "node:zlib";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";

test("crc32 gives the check value of its standard", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test("crc32 is zlib's, whatever the length", () => {
  const bytes = Uint8Array.from({ length: 400 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
  for (let length = 0; length <= 40; length++) {
    const part = bytes.subarray(9 * length, 10 * length);
    expect(crc32(part), `${length} bytes`).toBe(crc32OfZlib(part));
  }
});
