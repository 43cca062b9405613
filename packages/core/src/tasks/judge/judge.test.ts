import { expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { Device } from "../../runtime/device.ts";
import { Judge } from "./judge.ts";

/** Pictures of 8×8, brighter from class to class. */
function pictures(labels: readonly number[], named: { readonly classNames?: readonly string[] } = {}): Dataset {
  const values = Float32Array.from(
    { length: labels.length * 64 },
    (_, index) => (labels[Math.floor(index / 64)] as number) / 4 + 0.2 * Math.abs(Math.sin(12.9 * index)),
  );
  return dataset("pictures", [8, 8, 1], values, { labels: Uint8Array.from(labels), ...named });
}

const real = Array.from({ length: 40 }, (_, index) => index % 4);

test("judges samples that lack classes, as those of a collapsed generator", async () => {
  const device = await Device.create({ threads: 1 });
  const judge = await Judge.train(pictures(real), pictures(real), { device, epochs: 4, steps: 8 });
  const same = await judge.judge(pictures(real));
  expect(same.frechetDistance).toBe(0);
  // Who has only seen the first class takes everything for it.
  const collapsed = await judge.judge(pictures(real.map(() => 0)));
  expect(collapsed).toMatchObject({ count: 40, accuracy: 0.25 });
  expect(collapsed.frechetDistance).toBeGreaterThan(0);
  // Without labels they have those that the judge gives them, the last classes perhaps missing.
  const { labels: _, ...unlabelled } = pictures(real.map(() => 0));
  expect((await judge.judge(unlabelled)).accuracy).toBeLessThanOrEqual(1);
  await judge.dispose();
  device.dispose();
});

test("ends when it is asked to, and judges nothing half-trained", async () => {
  const stop = new AbortController();
  const device = await Device.create({ threads: 1 });
  const judge = await Judge.train(pictures(real), pictures(real), { device, epochs: 1, steps: 2, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(judge.judge(pictures(real))).rejects.toThrow("stopped");
  await expect(Judge.train(pictures(real), pictures(real), { device, signal: stop.signal })).rejects.toThrow("stopped");
  await judge.dispose();
  device.dispose();
});

test("gives its memory back where it is ended on the way", async () => {
  const device = await Device.create({ threads: 1 });
  const empty = device.memory.bytesInUse;
  const options = { device, epochs: 1, steps: 2 };
  const stop = new AbortController();
  const training = Judge.train(pictures(real), pictures(real), { ...options, signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(training).rejects.toThrow("enough");
  expect(device.memory.bytesInUse).toBe(empty);
  // What the judge is measured with does not fit it: that shows after its training.
  const other = dataset("other", [4, 4, 1], new Float32Array(16 * 4), { labels: Uint8Array.of(0, 1, 2, 3) });
  await expect(Judge.train(pictures(real), other, options)).rejects.toThrow("shape");
  expect(device.memory.bytesInUse).toBe(empty);
  const judge = await Judge.train(pictures(real), pictures(real), options);
  await judge.judge(pictures(real));
  await judge.dispose();
  expect(device.memory.bytesInUse).toBe(empty);
  device.dispose();
});

test("real samples need labels", async () => {
  const { labels: _, ...unlabelled } = pictures(real);
  await expect(Judge.train(unlabelled, pictures(real))).rejects.toThrow('"pictures" has no labels');
});
