import { describe, expect, test } from "vitest";
import type { Logs } from "../../nn/logs.ts";
import * as classify from "./index.ts";
import { COLORS, colored, smallBase } from "./testing/colors.ts";

const data = colored(12, 2);
const held = colored(4, 2, 7);
const names = { classNames: COLORS.slice(0, 2), seed: 3 };

const CASES: Readonly<Record<string, readonly [() => classify.Classifier, classify.ClassifierFitOptions]>> = {
  "a network that learns from the start": [
    () => classify.cnn(data.shape, names, { filters: [4] }),
    { epochs: 4, batchSize: 8, augment: "flip, noise=0.05", balancedSampling: true },
  ],
  "a head on computed features, then a part of its base": [
    () => classify.transfer(smallBase(), names, { units: [4] }),
    { epochs: 2, batchSize: 8, fineTune: { from: "second", epochs: 2 } },
  ],
  "a training that early stopping ends, part by part": [
    () => classify.transfer(smallBase(), names, { units: [4] }),
    { epochs: 5, batchSize: 8, learningRate: 0.5, patience: 1, validationData: held, fineTune: { from: 1, epochs: 5 } },
  ],
};

interface Saved {
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

/** Trains, and saves the classifier at the end of each epoch. */
async function train(
  classifier: classify.Classifier,
  options: classify.ClassifierFitOptions,
): Promise<{ readonly logs: readonly Logs[]; readonly stopped: string; readonly saved: readonly Saved[] }> {
  const saved: Saved[] = [];
  const { epochs, stopped } = await classifier.fit(data, {
    ...options,
    callbacks: () => [
      {
        onEpochEnd: async (epoch) => {
          saved.push({ epoch: epoch + 1, bytes: await classifier.save({ includeOptimizer: true }) });
        },
      },
    ],
  });
  return { logs: epochs.map(({ logs }) => logs), stopped, saved };
}

describe.each(Object.entries(CASES))("%s", (_, [make, options]) => {
  test("goes on after any of its epochs to the same bits", async () => {
    const whole = make();
    const { logs, stopped, saved } = await train(whole, options);
    const weights = whole.model.getWeights();
    expect(saved.length).toBe(logs.length);
    expect(saved.length).toBeGreaterThan(2);
    for (const { epoch, bytes } of saved) {
      const resumed = await classify.load(bytes);
      const rest = await train(resumed, { ...options, initialEpoch: epoch });
      expect([rest.stopped, rest.logs], `after ${epoch} epochs`).toEqual([stopped, logs.slice(epoch)]);
      expect(resumed.model.getWeights(), `after ${epoch} epochs`).toEqual(weights);
      await resumed.dispose();
    }
    await whole.dispose();
  });

  test("interrupted in the midst of an epoch, goes back to the end of the last one", async () => {
    const whole = make();
    const { logs, stopped } = await train(whole, options);
    const classifier = make();
    const controller = new AbortController();
    let snapshot: classify.ClassifierSnapshot | undefined;
    let done = 0;
    const first = await classifier.fit(data, {
      ...options,
      signal: controller.signal,
      callbacks: () => [
        {
          onEpochEnd: () => {
            done++;
            snapshot = classifier.takeSnapshot();
          },
          onTrainBatchEnd: (batch) => {
            if (done === 2 && batch === 1) controller.abort();
          },
        },
      ],
    });
    expect([first.stopped, first.epochs.length]).toEqual(["aborted", 2]);
    snapshot?.restore();
    const bytes = await classifier.save({ includeOptimizer: true });
    const resumed = await classify.load(bytes);
    const rest = await train(resumed, { ...options, initialEpoch: 2 });
    expect([rest.stopped, rest.logs]).toEqual([stopped, logs.slice(2)]);
    expect(resumed.model.getWeights()).toEqual(whole.model.getWeights());
    for (const one of [whole, classifier, resumed]) await one.dispose();
  });
});

test("early stopping ended both parts before their epochs were done", async () => {
  const [make, options] = CASES["a training that early stopping ends, part by part"]!;
  const classifier = make();
  const { phases, stopped } = await classifier.fit(data, options);
  expect(phases.map(({ name }) => name)).toEqual(["head", "fine-tuning"]);
  for (const { from, to } of phases) expect(to - from).toBeLessThan(5);
  expect(stopped).toBe("callback");
  await classifier.dispose();
});

test("says where a training stands that cannot go on so", async () => {
  const classifier = classify.transfer(smallBase(), names);
  const options = { epochs: 2, fineTune: { from: 1, epochs: 2 } };
  await expect(classifier.fit(data, { ...options, initialEpoch: 1 })).rejects.toThrow("has none behind it");
  await expect(classifier.fit(data, { ...options, initialEpoch: -1 })).rejects.toThrow("whole number from 0 on");
  await classifier.fit(data, options);
  await expect(classifier.fit(data, { ...options, initialEpoch: 1 })).rejects.toThrow(
    'stands in its part "fine-tuning", the epochs 2 to 4; initialEpoch 1 came',
  );
  await classifier.dispose();
});
