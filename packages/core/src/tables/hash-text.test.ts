import { expect, it } from "vitest";
import { hashText } from "./hash-text.ts";

// The first three are of the authors' own list (http://www.isthe.com/chongo/tech/comp/fnv).
it.each([
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["foobar", 0xbf9cf968],
])("hashes %j as FNV-1a does", (text, hash) => {
  expect(hashText(text)).toBe(hash);
});

it.each(["Zürich", "東京", "🚚 van", "a\ud800b", "\udc00", "e\u0301", "\u07ff\u0800\uffff\u{10000}\u{10ffff}"])(
  "hashes the UTF-8 bytes of %j",
  (text) => {
    let hash = 0x811c9dc5n;
    for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x01000193n) % 2n ** 32n;
    expect(hashText(text)).toBe(Number(hash));
  },
);

it("spreads similar texts evenly", () => {
  const buckets = new Uint32Array(32);
  for (let index = 0; index < 3200; index++) {
    const bucket = hashText(`item ${index}`) % 32;
    buckets[bucket] = (buckets[bucket] as number) + 1;
  }
  // Of 100 expected in each, five standard deviations of a fair throw.
  for (const count of buckets) expect(Math.abs(count - 100)).toBeLessThan(50);
});
