import {
  classify,
  cloneModel,
  dataset,
  Device,
  RandomStream,
  select,
  type Dataset,
  type Warning,
} from "@sandglass/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseRecord } from "../runs/run-record.ts";
import { parseClassifierRecord } from "./classifier-record.ts";
import { classifierWarnings, figureWarnings } from "./classifier-warnings.ts";
import { compareFromScratch } from "./compare-from-scratch.ts";
import { decideOnValidation } from "./decide-on-validation.ts";
import { examineClassifier } from "./examine-classifier.ts";
import { lookAtClassifier } from "./look-at-classifier.ts";
import { pairedGain } from "./paired-gain.ts";
import { describeRule, parseThreshold } from "./threshold-rule.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** Bright and dark images; `doubtful` of each ten have the other one's label. */
function lights(count: number, doubtful = 0, seed = 1): Dataset {
  const random = new RandomStream(seed);
  const values = new Uint8Array(count * 64);
  const labels = new Uint8Array(count);
  for (let sample = 0; sample < count; sample++) {
    const isBright = sample % 2 === 1;
    labels[sample] = isBright !== sample % 10 < doubtful ? 1 : 0;
    for (let pixel = 0; pixel < 64; pixel++) {
      values[sample * 64 + pixel] = (isBright ? 150 : 20) + 80 * random.uniform(0, 1);
    }
  }
  return dataset("lights", [8, 8, 1], values, { labels, classNames: ["dark", "bright"] });
}

async function trained(data: Dataset): Promise<classify.Classifier> {
  const settings = { classNames: ["dark", "bright"], seed: 1, device };
  const classifier = classify.cnn(data.shape, settings, { filters: [4], units: [4], dropout: 0 });
  await classifier.fit(data, { epochs: 20, batchSize: 16, learningRate: 0.02 });
  return classifier;
}

describe("rules for thresholds", () => {
  it("are read from the command line", () => {
    expect(parseThreshold("f1")).toEqual({ kind: "f1" });
    expect(parseThreshold(" youden ")).toEqual({ kind: "youden" });
    expect(parseThreshold("sensitivity=0.95")).toEqual({ kind: "sensitivity", atLeast: 0.95 });
    expect(parseThreshold("specificity=1")).toEqual({ kind: "specificity", atLeast: 1 });
    expect(parseThreshold("0.3")).toEqual({ kind: "fixed", threshold: 0.3 });
    expect(describeRule(parseThreshold("sensitivity=0.95"))).toBe("a sensitivity of at least 0.95");
  });

  it.each(["", "f2", "f1=0.5", "sensitivity", "sensitivity=2", "sensitivity=", "1", "0", "nan"])(
    'refuse "%s"',
    (text) => {
      expect(() => parseThreshold(text)).toThrow(`"${text}" came`);
    },
  );
});

describe("the gain of one classifier over another", () => {
  it("is the difference of their accuracies, with an interval of the pairs that differ", () => {
    const first = Array.from({ length: 100 }, (_, index) => index < 80);
    const second = Array.from({ length: 100 }, (_, index) => index < 70);
    const { value, low, high } = pairedGain(first, second);
    // b = 10, c = 0: 0.1 ± 1.96 √(10 − 1) / 100
    expect(value).toBeCloseTo(0.1, 10);
    expect(low).toBeCloseTo(0.1 - 0.0588, 10);
    expect(high).toBeCloseTo(0.1 + 0.0588, 10);
    expect(pairedGain(first, first)).toEqual({ value: 0, low: 0, high: 0 });
  });
});

describe("runs of one kind", () => {
  it("are refused where the other kind is needed", () => {
    expect(() => parseRecord('{"kind":"classifier","version":1}', "run.json")).toThrow(
      'run.json is that of a classifier, which has no codes and gives no samples back; use it with "sandglass classify"',
    );
    expect(() => parseClassifierRecord('{"version":3,"state":"finished"}', "run.json")).toThrow(
      "run.json is that of an autoencoder, which tells no classes apart",
    );
    expect(() => parseClassifierRecord('{"kind":"classifier","version":9}', "run.json")).toThrow("of version 9");
    expect(() => parseClassifierRecord('{"kind":"classifier","version":1,"state":"x"}', "run.json")).toThrow(
      'no "data"',
    );
    expect(() => parseClassifierRecord("{", "run.json")).toThrow("no JSON");
  });
});

describe("a trained classifier", () => {
  it("decides on validation data, is examined on others, and shows what it decided", async () => {
    const classifier = await trained(lights(60));
    const rule = { kind: "sensitivity", atLeast: 0.9 } as const;
    const { threshold: decision } = await decideOnValidation(classifier, lights(100, 1, 2), rule);
    expect(decision?.rule).toBe("a sensitivity of at least 0.9");
    expect(decision?.sensitivity).toBeGreaterThanOrEqual(0.9);
    expect(classifier.threshold).toBe(decision?.threshold);
    // One label in ten is wrong, so that the network was too sure.
    expect(classifier.temperature).toBeGreaterThan(1);
    classifier.threshold = 0.5;
    const examination = await examineClassifier(classifier, lights(100, 1, 3), { part: "test" });
    const { figures } = examination;
    // Images 0, 10, 20, … have the label of bright ones.
    expect(figures.confusion.counts).toEqual([
      [40, 0],
      [10, 50],
    ]);
    expect(figures.accuracy).toMatchObject({ value: 0.9, hits: 90, of: 100 });
    expect(figures.binary?.sensitivity?.of).toBe(figures.confusion.support[1]);
    expect(figures.calibration.after.logLoss).toBeLessThan(figures.calibration.before.logLoss);
    const exhibits = await lookAtClassifier(classifier, examination, {
      decision,
      sampleNames: Array.from({ length: 100 }, (_, index) => `lamps/${index}.png`),
      seed: 0,
      device,
    });
    const titles = exhibits.map(({ title }) => title);
    expect(titles).toEqual([
      "Finding bright",
      "Confusion matrix",
      "ROC curve",
      "Precision and recall",
      "Class by class",
      "Calibration",
      "The worst mistakes",
      "Where it looks when it is right",
      "Where it looks when it is wrong",
    ]);
    const mistakes = exhibits.find(({ title }) => title === "The worst mistakes");
    // Every tenth image has the other one's label: images 0, 10, … are dark and called bright.
    expect(mistakes?.kind === "grid" && mistakes.captions?.length).toBe(10);
    expect(mistakes?.kind === "grid" && mistakes.captions?.[0]).toMatch(
      /^\d*0\.png: bright, taken for dark \(\d+ %\)$/u,
    );
    await classifier.dispose();
  });

  it("says when samples that choose are missing, and when there are too many classes for a threshold", async () => {
    const classifier = classify.cnn([8, 8, 1], { classNames: ["a", "b"], device }, { filters: [2] });
    await expect(decideOnValidation(classifier, undefined, { kind: "f1" })).rejects.toThrow("--validation 0.1");
    expect(await decideOnValidation(classifier, undefined, { kind: "fixed", threshold: 0.2 })).toEqual({});
    expect(classifier.threshold).toBe(0.2);
    const dark = select(lights(20), Uint32Array.of(0, 2, 4));
    await expect(decideOnValidation(classifier, dark, { kind: "f1" })).rejects.toThrow(
      "samples of both classes; the 3 validation samples are of one",
    );
    const three = classify.cnn([8, 8, 1], { classNames: ["a", "b", "c"], device }, { filters: [2] });
    await expect(decideOnValidation(three, undefined, { kind: "f1" })).rejects.toThrow(
      "is for two classes; there are 3",
    );
  });

  it("keeps its threshold where none keeps the rule", async () => {
    const classifier = await trained(lights(40));
    // The labels the wrong way round: the highest scores are those of negatives.
    const rule = { kind: "specificity", atLeast: 1 } as const;
    const { threshold, problem, isMeaningless } = await decideOnValidation(classifier, lights(40, 10, 2), rule);
    expect([threshold, classifier.threshold]).toEqual([undefined, 0.5]);
    // Nor would a temperature help, whose largest one makes all probabilities alike.
    expect([isMeaningless, classifier.temperature]).toEqual([true, 1]);
    expect(problem).toMatch(/no threshold has a specificity of 1 .* Until then it decides at 50\.0 %\./u);
    await classifier.dispose();
  });

  it("is compared with the same network from scratch", async () => {
    const data = lights(60);
    const pretrained = await trained(data);
    const base = classify.featureBase(pretrained.model);
    const classifier = classify.transfer(base, { classNames: ["dark", "bright"], device });
    const few = select(data, Uint32Array.from([0, 1, 2, 3]));
    const fit = { epochs: 20, batchSize: 4 };
    await classifier.fit(few, fit);
    const held = lights(80, 0, 5);
    const examination = await examineClassifier(classifier, held, { part: "test" });
    const before = classifier.model.getWeights();
    const notes: string[] = [];
    const options = {
      labelsPerClass: 2,
      note: (text: string) => void notes.push(text),
      training: few,
      validation: undefined,
      fit,
      threshold: undefined,
      seed: 1,
      device,
    };
    const { comparison, warnings } = await compareFromScratch(classifier, examination, options);
    const { accuracy, scratchAccuracy, gain } = comparison!;
    expect(warnings).toEqual([]);
    // After each tenth of its 300 epochs, so that a long one is seen to go on.
    expect(notes).toHaveLength(10);
    expect([notes[0], notes[9]]).toEqual([
      expect.stringMatching(/^from scratch: epoch 30\/300 {2}loss \d/u),
      expect.stringMatching(/^from scratch: epoch 300\/300 {2}loss \d/u),
    ]);
    expect(accuracy).toBe(examination.figures.accuracy.value);
    expect(scratchAccuracy).toBeGreaterThan(0.4);
    expect(gain.value).toBeCloseTo(accuracy - scratchAccuracy, 10);
    expect(classifier.model.getWeights()).toEqual(before);
    expect(cloneModel(classifier.model).getWeights()[0]).not.toEqual(before[0]);
    const wild = { ...options, fit: { ...fit, optimizer: "sgd", learningRate: 1e30 } };
    const failed = await compareFromScratch(classifier, examination, wild);
    expect(failed.comparison).toBeUndefined();
    expect(failed.warnings[0]).toMatchObject({
      title: "The network from scratch diverged, so that the base is compared with nothing.",
      text: expect.stringContaining("smaller learning rate"),
    });
    await classifier.dispose();
    await pretrained.dispose();
  });
});

describe("warnings", () => {
  it("name leaks, few samples, and what is no better than one class", async () => {
    const classifier = classify.cnn([8, 8, 1], { classNames: ["dark", "bright"], device }, { filters: [2] });
    classifier.threshold = 1;
    const { figures } = await examineClassifier(classifier, lights(40), { part: "training" });
    const titles = classifierWarnings({
      state: "interrupted",
      data: {
        validatedWith: "test",
        validation: 40,
        leaks: {
          unit: "image",
          compared: { train: 100, test: 40 },
          by: "bytes",
          share: 1,
          shared: [{ from: "train", to: "test", count: 1, byLook: 0, named: [["test/a.png", "train/b.png"]] }],
        },
      },
      training: {},
      result: {
        examination: figures,
        figures: {},
        note: "interrupted in epoch 2",
      },
    } as never).map(({ title }) => title);
    expect(titles).toEqual([
      "The training was interrupted.",
      "The same samples are in several parts of the data.",
      "Examined on the samples that it learned from.",
      "Test samples chose the network.",
      "Examined on 40 samples only.",
      "No better than always naming one class.",
    ]);
    const heldBack = (validation: number): readonly Warning[] =>
      classifierWarnings({
        state: "finished",
        data: { validatedWith: "held back", validation },
        training: {},
        result: { examination: { ...figures, part: "test" }, figures: { val_accuracy: 0.98 } },
      } as never);
    const shifted = heldBack(50);
    expect(shifted[0]?.title).toBe("Worse on the test part than on samples that were held back.");
    expect(shifted[0]?.text).toContain("98.0 % of those were right, and 50.0 % of the test samples");
    // Four of four may be chance.
    expect(heldBack(4)[0]?.title).toBe("Examined on 40 samples only.");
    await classifier.dispose();
  });

  it("say where a threshold misses its rule on test samples, by more than chance", async () => {
    const classifier = await trained(lights(60));
    const { figures } = await examineClassifier(classifier, lights(100, 1, 3), { part: "test" });
    const sensitivity = { ...figures.binary!.sensitivity!, value: 0.7, low: 0.6, high: 0.8 };
    const titlesFor = (atLeast: number, part = "test"): readonly string[] =>
      figureWarnings({
        data: { validatedWith: "held back", validation: 40 },
        training: { threshold: { kind: "sensitivity", atLeast } },
        result: {
          examination: { ...figures, part, binary: { ...figures.binary, sensitivity } },
          threshold: { threshold: 0.4, rule: "", sensitivity: 1, specificity: 0.5 },
          figures: {},
        },
      } as never).map(({ title }) => title);
    expect(titlesFor(0.81)).toEqual(["The sensitivity that was asked for is not reached on the test part."]);
    expect(titlesFor(0.79)).toEqual([]);
    expect(titlesFor(0.81, "validation")).toEqual([]);
    await classifier.dispose();
  });
});
