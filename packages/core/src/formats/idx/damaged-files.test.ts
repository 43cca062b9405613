// Damaged files give an IdxError or an array of the size that their head says, whatever the damage.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { damagedFiles, readDamaged } from "../testing/damaged-files.ts";
import { encodeIdx, IdxError, readIdx } from "./index.ts";

const images = Uint8Array.from({ length: 5 * 7 * 7 }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
const numbers = Float64Array.from({ length: 12 }, (_, index) => Math.sin(index));

async function readWhole(file: Uint8Array): Promise<void> {
  const { dims, data } = await readIdx(file);
  expect(data).toHaveLength(dims.reduce((product, size) => product * size, 1));
}

test.each([
  ["images", encodeIdx([5, 7, 7], images)],
  ["numbers of eight bytes", encodeIdx([3, 4], numbers)],
])("%s", async (_, file) => {
  // Damage to the values, which have no checksum, goes unnoticed: most of it must strike the head.
  const heads = [...damagedFiles(file.slice(0, 20), 250, 1)].map((head) => Buffer.concat([head, file.slice(20)]));
  const readings = await readDamaged([...heads, ...damagedFiles(file, 250, 2)], readWhole, IdxError);
  expect(readings.others).toEqual([]);
  expect(readings.gigabytes).toBeLessThan(1);
  expect(readings.refused).toBeGreaterThan(250);
  expect(readings.read).toBeGreaterThan(100);
});

test("compressed images, damaged before and after compression", async () => {
  const file = encodeIdx([5, 7, 7], images);
  const inside = [...damagedFiles(file, 300, 3)].map((damaged) => gzipSync(damaged));
  const readings = await readDamaged([...inside, ...damagedFiles(gzipSync(file), 300, 4)], readWhole, IdxError);
  expect(readings.others).toEqual([]);
  expect(readings.gigabytes).toBeLessThan(1);
  expect(readings.refused).toBeGreaterThan(350);
  expect(readings.read).toBeGreaterThan(100);
});
