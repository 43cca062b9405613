// Damaged files give an NpyError or an array of the size that its head says, whatever the damage.
import { expect, test } from "vitest";
import { readNumpyFixture } from "../../../../../fixtures/numpy/read.ts";
import { damagedFiles, readDamaged } from "../testing/damaged-files.ts";
import { NpyError, readNpy, readNpz, writeNpy, writeNpz, type NpyArray } from "./index.ts";

const numbers = Float64Array.from({ length: 60 }, (_, index) => Math.sin(index));
const names = ["trousers", "größe", "bag", ""];

function expectWhole({ shape, data }: NpyArray): void {
  expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
}

test.each([
  ["numbers", writeNpy({ shape: [3, 4, 5], data: numbers })],
  ["texts", writeNpy({ shape: [2, 2], data: names })],
  ["version 3", readNumpyFixture("version-3.npy")],
])("%s", async (_, file) => {
  // Damage to the values, which have no checksum, goes unnoticed: most of it must strike the head.
  const heads = [...damagedFiles(file.slice(0, 70), 700, 1)].map((head) => Buffer.concat([head, file.subarray(70)]));
  const readings = await readDamaged(
    [...heads, ...damagedFiles(file, 300, 2)],
    (damaged) => expectWhole(readNpy(damaged)),
    NpyError,
  );
  expect(readings.others).toEqual([]);
  expect(readings.gigabytes).toBeLessThan(1);
  expect(readings.refused).toBeGreaterThan(500);
  expect(readings.read).toBeGreaterThan(10);
});

test.each([false, true])("archives, damaged before and after they are zipped (compressed: %s)", async (compress) => {
  const archive = writeNpz(
    { numbers: { shape: [60], data: numbers }, names: { shape: [4], data: names } },
    { compress },
  );
  const readings = await readDamaged(
    [...damagedFiles(archive, 700, 3), ...damagedFiles(readNumpyFixture("orders.npz"), 700, 4)],
    (damaged) => readNpz(damaged).forEach(expectWhole),
    NpyError,
  );
  expect(readings.others).toEqual([]);
  expect(readings.gigabytes).toBeLessThan(1);
  expect(readings.refused).toBeGreaterThan(700);
  expect(readings.read).toBeGreaterThan(20);
});
