import { expect, test } from "vitest";
import { RandomStream } from "../random-stream.ts";
import { countBits, hammingDistance, perceptualHash, type PerceptualHash } from "./perceptual-hash.ts";
import { smoothPicture } from "./testing/smooth-picture.ts";

const hashOf = (picture: Uint8Array): PerceptualHash => perceptualHash(picture) ?? expect.fail("the picture is flat");

test("bits are set in words", () => {
  expect([0, 1, 0x80000000, 0xffffffff, 0xf0f0f0f0, 0x12345678].map(countBits)).toEqual([0, 1, 1, 32, 16, 13]);
  expect(countBits(-1)).toBe(32);
  expect(hammingDistance([0, 0], [0xffffffff, 3])).toBe(34);
});

test("the bits say which frequencies are above their median", () => {
  // One wave across with one down: cos(u, y) cos(v, x) for u = 3, v = 2 is bit 8 · 2 + 1; its negative is below all others.
  const wave = (sign: number): Uint8Array =>
    Uint8Array.from({ length: 1024 }, (_, at) => {
      const [y, x] = [Math.floor(at / 32), at % 32];
      return 128 + sign * 100 * Math.cos((Math.PI * (2 * y + 1) * 3) / 64) * Math.cos((Math.PI * (2 * x + 1) * 2) / 64);
    });
  const bit = 2 ** 17;
  expect((hashOf(wave(1))[0] & bit) !== 0).toBe(true);
  expect((hashOf(wave(-1))[0] & bit) !== 0).toBe(false);
});

test("half of the bits are set, and pictures of different things differ in half of them", () => {
  const hashes = Array.from({ length: 60 }, (_, seed) => hashOf(smoothPicture(seed)));
  for (const hash of hashes) expect(hammingDistance(hash, [0, 0])).toBe(32);
  const distances = hashes.flatMap((one, at) => hashes.slice(0, at).map((other) => hammingDistance(one, other)));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  expect(Math.abs(mean - 32)).toBeLessThan(1);
  expect(Math.min(...distances)).toBeGreaterThan(12);
});

test("brightness, contrast and noise hardly matter", () => {
  const random = new RandomStream(2);
  for (let seed = 0; seed < 20; seed++) {
    const picture = smoothPicture(seed);
    const darker = picture.map((value) => 10 + 0.6 * value);
    const noisy = picture.map((value) => Math.min(255, Math.max(0, value + random.uniform(-8, 8))));
    expect(hammingDistance(hashOf(picture), hashOf(darker))).toBeLessThanOrEqual(4);
    expect(hammingDistance(hashOf(picture), hashOf(noisy))).toBeLessThanOrEqual(8);
  }
});

test("images with hardly anything in them have none, so that they are not all alike", () => {
  const random = new RandomStream(3);
  expect(perceptualHash(new Uint8Array(1024))).toBeUndefined();
  expect(perceptualHash(new Uint8Array(1024).map(() => 200 + random.integer(4)))).toBeUndefined();
  expect(perceptualHash(new Uint8Array(1024).map((_, at) => (at < 512 ? 100 : 106)))).toBeDefined();
  const spot = (side: number): Uint8Array =>
    Uint8Array.from({ length: 1024 }, (_, at) => (at % 32 < side && at < 32 * side ? 255 : 0));
  expect(perceptualHash(spot(5))).toBeUndefined();
  expect(perceptualHash(spot(8))).toBeDefined();
});

test("other sizes are refused", () => {
  expect(() => perceptualHash(new Uint8Array(784))).toThrow(/784 values came.*1024 of a grey image of \[32, 32\]/);
});
