import { expect, test } from "vitest";
import { DatasetError, isStreamed, readSamples, selectStreamed, type StreamedDataset } from "./index.ts";

/** Ten samples of two values: sample i holds 10i and 10i + 1, and has label i % 3. */
const ten: StreamedDataset = {
  name: "ten",
  shape: [2],
  scale: 1 / 255,
  count: 10,
  dtype: "uint8",
  labels: Uint8Array.from({ length: 10 }, (_, index) => index % 3),
  classNames: ["a", "b", "c"],
  read: (numbers) => Promise.resolve(Uint8Array.from([...numbers].flatMap((number) => [10 * number, 10 * number + 1]))),
};

test("samples that are selected keep their order and their labels, and are read when they are needed", async () => {
  const some = selectStreamed(ten, Uint32Array.of(7, 2, 5));
  expect([some.count, some.labels]).toEqual([3, Uint8Array.of(1, 2, 2)]);
  expect(await some.read(Uint32Array.of(2, 0))).toEqual(Uint8Array.of(50, 51, 70, 71));
  const fewer = selectStreamed(some, Uint32Array.of(1));
  expect(await fewer.read(Uint32Array.of(0))).toEqual(Uint8Array.of(20, 21));
  expect(() => selectStreamed(ten, Uint32Array.of(10))).toThrow(DatasetError);
  expect(() => selectStreamed(ten, Uint32Array.of())).toThrow(/none was asked for/);
});

test("samples that are read into memory are a data set", async () => {
  const first = await readSamples(ten, 2);
  expect(first).toEqual({
    name: "ten",
    shape: [2],
    values: Uint8Array.of(0, 1, 10, 11),
    scale: 1 / 255,
    count: 2,
    labels: Uint8Array.of(0, 1),
    classNames: ["a", "b", "c"],
  });
  expect([isStreamed(ten), isStreamed(first)]).toEqual([true, false]);
  expect((await readSamples(ten)).count).toBe(10);
});
