import { expect, test } from "vitest";
import { lookup3 } from "./lookup3.ts";

// The values in Bob Jenkins's own self-test.
test("lookup3 gives the published values", () => {
  expect(lookup3(new Uint8Array(0))).toBe(0xdeadbeef);
  expect(lookup3(new TextEncoder().encode("Four score and seven years ago"))).toBe(0x17770551);
});
