import { expect, test } from "vitest";
import {
  dataset,
  hasTargets,
  readSamples,
  representativeSamples,
  rows,
  select,
  split,
  splitAny,
  targetsOf,
  withoutTargets,
  type Dataset,
  type StreamedDataset,
} from "./index.ts";

const COUNT = 6;

/** Sample i holds i and 10 + i, its target 100 + i and 110 + i. */
const pairs = dataset("pairs", [2], valuesOf(0), { targets: valuesOf(100), scale: 0.5 });

const streamed: StreamedDataset = {
  name: "pairs",
  shape: [2],
  scale: 0.5,
  count: COUNT,
  dtype: "float32",
  read: (numbers) => Promise.resolve(valuesOf(0, numbers)),
  readTargets: (numbers) => Promise.resolve(valuesOf(100, numbers)),
};

function valuesOf(
  offset: number,
  numbers: Uint32Array = Uint32Array.from({ length: COUNT }, (_, index) => index),
): Float32Array {
  return Float32Array.from([...numbers].flatMap((number) => [offset + number, offset + 10 + number]));
}

function belongTogether({ values, targets = new Float32Array(), count }: Dataset): boolean {
  return targets.length === 2 * count && targets.every((target, index) => target === (values[index] as number) + 100);
}

test("targets stay with their samples, whichever are taken", async () => {
  expect(belongTogether(pairs)).toBe(true);
  expect(belongTogether(rows(pairs, 2, 5))).toBe(true);
  expect(belongTogether(select(pairs, Uint32Array.of(5, 0, 3)))).toBe(true);
  for (const part of Object.values(split(pairs, { validation: 2, seed: 3 }))) expect(belongTogether(part)).toBe(true);
  expect(belongTogether(await readSamples(streamed))).toBe(true);
  expect(belongTogether(await representativeSamples(streamed, 3))).toBe(true);
  const { training, validation } = splitAny(streamed, { validation: 2 });
  expect([training.count, validation.count]).toEqual([4, 2]);
  expect(belongTogether(await readSamples(validation as StreamedDataset))).toBe(true);
});

test("what outputs are compared with, and what a model is given", async () => {
  expect(targetsOf(pairs)).toEqual({ name: "pairs", shape: [2], values: valuesOf(100), scale: 0.5, count: COUNT });
  const alone = dataset("alone", [2], valuesOf(0));
  expect(targetsOf(alone)).toBe(alone);
  expect(withoutTargets(alone)).toBe(alone);
  expect(withoutTargets(pairs)).toEqual({ name: "pairs", shape: [2], values: valuesOf(0), scale: 0.5, count: COUNT });
  const inputs = withoutTargets(streamed) as StreamedDataset;
  expect([hasTargets(pairs), hasTargets(streamed), hasTargets(alone), hasTargets(inputs)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect((await readSamples(inputs)).targets).toBeUndefined();
});
