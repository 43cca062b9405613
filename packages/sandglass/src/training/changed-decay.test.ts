import { expect, test } from "vitest";
import { describeChangedDecay } from "./changed-decay.ts";

const training = { epochs: 30, learningRate: 0.001, decay: true };

test("a falling learning rate rises where epochs are added, which is said", () => {
  expect(describeChangedDecay(training, { epochs: 60, done: 30 })).toBe(
    "the learning rate of this run falls to 0 over its epochs; with 60 instead of 30 it rises from 0 to 0.00050 now, and falls from " +
      "there. The weights will be similar to those of a run of 60 from the start, but not the same",
  );
});

test("it drops where epochs are taken away", () => {
  // A third and a half of half a cosine: (1 + cos π/3) / 2 = 0.75, (1 + cos π/2) / 2 = 0.5.
  expect(describeChangedDecay(training, { epochs: 20, done: 10 })).toContain("it drops from 0.00075 to 0.00050 now");
});

test("where there are several parts, each with a curve of its own, there are no figures", () => {
  expect(describeChangedDecay(training, { epochs: 60, done: 20, phases: 3 })).toContain("it rises now, and falls");
});

test.each([
  ["the epochs are those of before", training, 30],
  ["they are not asked for", training, undefined],
  ["the learning rate does not fall", { ...training, decay: false }, 60],
])("nothing is said where %s", (_, settings, epochs) => {
  expect(describeChangedDecay(settings, { epochs, done: 10 })).toBeUndefined();
});
