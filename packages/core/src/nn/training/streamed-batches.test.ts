import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { dataset, type Dataset } from "../../data/dataset.ts";
import type { StreamedDataset } from "../../data/streamed-dataset.ts";
import { dense } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import type { Model } from "../model/model.ts";
import { adam } from "../optimizers/index.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { streamedBatches } from "./streamed-batches.ts";

const COUNT = 53;
const held = dataset(
  "numbers",
  [4],
  Uint8Array.from({ length: 4 * COUNT }, (_, index) => (index * 37) % 256),
);

/** The same samples, read with a delay, and what was read. */
function streamed(data: Dataset, reads: Uint32Array[] = []): StreamedDataset {
  const { values, ...rest } = data;
  const size = values.length / data.count;
  return {
    ...rest,
    dtype: "uint8",
    read: async (numbers) => {
      reads.push(numbers);
      await setTimeout(reads.length % 3);
      return Uint8Array.from(
        [...numbers].flatMap((number) => [...values.subarray(number * size, (number + 1) * size)]),
      );
    },
  };
}

function network(): Model {
  setRandomSeed(5);
  const x = input([4]);
  const made = model(x, dense(4)(dense(3, { activation: "tanh" })(x)));
  made.compile({ optimizer: adam(), loss: "mse" });
  return made;
}

test("a training on a stream is that on the same samples in memory, bit for bit", async () => {
  const [inMemory, onStream] = [network(), network()];
  const options = { batchSize: 8, epochs: 3, seed: 11 };
  const expected = await inMemory.fit(held, held, options);
  const stream = streamedBatches(streamed(held), { batchSize: 8, shuffle: { seed: 11 } });
  const came = await onStream.fit(stream, undefined, { epochs: 3, seed: 11 });
  expect(came.history).toEqual(expected.history);
  expect(onStream.getWeights()).toEqual(inMemory.getWeights());
  const predicted = await onStream.predict(streamedBatches(streamed(held), { batchSize: 8 }));
  expect(predicted).toEqual(await inMemory.predict(held, { batchSize: 8 }));
  await Promise.all([inMemory.dispose(), onStream.dispose()]);
});

test("reads some batches ahead, and no more", async () => {
  const reads: Uint32Array[] = [];
  const stream = streamedBatches(streamed(held, reads), { batchSize: 8 }) as (epoch: number) => AsyncGenerator;
  const epoch = stream(0);
  await epoch.next();
  expect(reads.map((numbers) => numbers.length)).toEqual([8, 8, 8]);
  let batches = 1;
  for await (const _ of epoch) batches++;
  expect(batches).toBe(Math.ceil(COUNT / 8));
  expect(reads.at(-1)).toEqual(Uint32Array.of(48, 49, 50, 51, 52));
});

test("what fails to be read ends the training with its error", async () => {
  const broken: StreamedDataset = {
    ...streamed(held),
    read: (numbers) =>
      numbers.includes(40) ? Promise.reject(new Error("sample 40 cannot be read")) : streamed(held).read(numbers),
  };
  const made = network();
  await expect(made.fit(streamedBatches(broken, { batchSize: 8 }))).rejects.toThrow("sample 40 cannot be read");
  await made.dispose();
});
