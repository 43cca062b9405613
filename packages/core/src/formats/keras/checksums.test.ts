import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { lookup3 } from "./lookup3.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test("crc32 gives the check value of its standard", () => {
  expect(crc32(bytesOf("123456789"))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

// The first two are the values in Bob Jenkins's own self-test.
test("lookup3 gives the published values", () => {
  expect(lookup3(new Uint8Array(0))).toBe(0xdeadbeef);
  expect(lookup3(bytesOf("Four score and seven years ago"))).toBe(0x17770551);
});
