import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasHalves, loadDataset, splitsOf } from "./index.ts";
import { testFolder, userError } from "./testing/test-folder.ts";

/** A file of images with these label bytes, the pixels of image i being i, i + 1, …, plane by plane. */
function cifar(...labels: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((row, image) => [...row, ...Array.from({ length: 3072 }, (_, at) => image + at)]),
  );
}

const batches = {
  "cifar-10-batches-bin/data_batch_1.bin": cifar([3], [0]),
  "cifar-10-batches-bin/data_batch_2.bin": cifar([1]),
  "cifar-10-batches-bin/test_batch.bin": cifar([2]),
  "cifar-10-batches-bin/batches.meta.txt": "airplane\nautomobile\nbird\ncat\n\n",
  "cifar-10-batches-bin/readme.html": "<html>",
};

test("CIFAR-10 as it is published", async () => {
  await using folder = await testFolder();
  await folder.put(batches);
  const path = join(folder.path, "cifar-10-batches-bin");
  const notes: string[] = [];
  const training = await loadDataset(path, { onNote: (line) => notes.push(line) });
  expect(training).toMatchObject({
    name: "cifar-10-batches-bin",
    shape: [32, 32, 3],
    scale: 1 / 255,
    count: 3,
    labels: Uint8Array.of(3, 0, 1),
    classNames: ["airplane", "automobile", "bird", "cat"],
  });
  expect([...training.values.subarray(3072, 3078)]).toEqual([1, 1, 1, 2, 2, 2]);
  expect(notes).toEqual([
    `${path} lacks data_batch_3.bin, data_batch_4.bin, data_batch_5.bin; the samples of the other files are taken`,
  ]);
  expect((await loadDataset(path, { split: "test" })).labels).toEqual(Uint8Array.of(2));
  expect(await splitsOf(path)).toEqual(["train", "test"]);
  expect(await userError(loadDataset(path, { split: "validation" }))).toMatchObject({
    message: `${path} has no validation part; it has train and test; hold samples back instead: --validation 0.1`,
  });
});

test("CIFAR-100 has fine labels and their names", async () => {
  await using folder = await testFolder();
  await folder.put({
    "c/train.bin": cifar([19, 1], [0, 0]),
    "c/test.bin": cifar([4, 1]),
    "c/fine_label_names.txt": "apple\nfish\n",
  });
  const training = await loadDataset(join(folder.path, "c"));
  expect(training).toMatchObject({ count: 2, labels: Uint8Array.of(1, 0), classNames: ["apple", "fish"] });
});

test("one file, with the names beside it", async () => {
  await using folder = await testFolder();
  await folder.put(batches);
  const path = join(folder.path, "cifar-10-batches-bin", "test_batch.bin");
  expect(await loadDataset(path)).toMatchObject({ name: "test_batch.bin", count: 1, classNames: { length: 4 } });
  expect(await hasHalves(path)).toBe(false);
});

test("damaged files are named, and pickles are never opened", async () => {
  await using folder = await testFolder();
  await folder.put({ ...batches, "cifar-10-batches-bin/data_batch_2.bin": cifar([1]).subarray(0, 3000) });
  const path = join(folder.path, "cifar-10-batches-bin");
  expect((await userError(loadDataset(path))).message).toMatch(/data_batch_2\.bin has 3000 bytes.*cut short/u);
  await mkdir(join(folder.path, "cifar-10-batches-py"));
  await folder.put({ "cifar-10-batches-py/data_batch_1": "pickle", "cifar-10-batches-py/batches.meta": "pickle" });
  const pickles = await userError(loadDataset(join(folder.path, "cifar-10-batches-py")));
  expect(pickles.message).toMatch(/pickles and are never opened.*fetch the binary version/u);
});
