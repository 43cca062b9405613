import { describe, expect, test } from "vitest";
import { dataset, rows, select } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { StreamedDataset } from "../../data/streamed-dataset.ts";
import { KerasFileError, loadModel } from "../../formats/keras/index.ts";
import { conv2d, globalAveragePooling2d } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import * as classify from "./index.ts";
import { COLORS, colored, SIDE, smallBase } from "./testing/colors.ts";

function asRead(data: Dataset): StreamedDataset {
  const { values: _, ...rest } = data;
  return { ...rest, dtype: "float32", read: (numbers) => Promise.resolve(select(data, numbers).values) };
}

describe("a convolutional classifier", () => {
  test.each([2, 3])("learns to tell %i colors apart", async (numClasses) => {
    const data = colored(20, numClasses);
    const classifier = classify.cnn(
      data.shape,
      { classNames: data.classNames ?? [] },
      { filters: [4], units: [8], dropout: 0 },
    );
    const { phases, epochs } = await classifier.fit(data, { epochs: 15, batchSize: 8, learningRate: 0.02, seed: 3 });
    const held = colored(10, numClasses, 9);
    const probabilities = await classifier.predict(held);
    expect(phases).toEqual([{ name: "training", from: 0, to: 15, isLast: true }]);
    expect(epochs.at(-1)?.logs["accuracy"]).toBe(1);
    expect([...classifier.decide(probabilities)]).toEqual([...(held.labels ?? [])]);
    expect(probabilities).toHaveLength(held.count * numClasses);
    for (let sample = 0; sample < held.count; sample++) {
      const sum = probabilities.subarray(sample * numClasses, (sample + 1) * numClasses).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    expect((await classifier.evaluate(held))["accuracy"]).toBe(1);
    await classifier.dispose();
  });

  test("gives the same bits of samples that are read as of those in memory", async () => {
    const data = colored(12, 2);
    const train = async (given: Dataset | StreamedDataset): Promise<Float32Array> => {
      const classifier = classify.cnn(data.shape, { classNames: COLORS.slice(0, 2), seed: 4 }, { filters: [4] });
      await classifier.fit(given, { epochs: 2, batchSize: 8, classWeight: "balanced", augment: "flip" });
      const result = await classifier.predict(data);
      await classifier.dispose();
      return result;
    };
    expect(await train(asRead(data))).toEqual(await train(data));
  });

  test("is as sure at a temperature as its probabilities say, also where they are rounded to 1", async () => {
    const data = colored(4, 2);
    const classifier = classify.cnn(data.shape, { classNames: COLORS.slice(0, 2) }, { filters: [2], units: [2] });
    const weights = classifier.model.getWeights();
    // Nothing but the last bias is left: a logit of 40, whose sigmoid float32 rounds to 1.
    classifier.model.setWeights(weights.map((values, at) => values.map(() => (at === weights.length - 1 ? 40 : 0))));
    const own = await classifier.predict(data);
    const cooler = await classifier.predict(data, { temperature: 4 });
    expect([own[1], own[0]]).toEqual([1, 2 ** -25]);
    expect(cooler[1]).toBeCloseTo(1 / (1 + Math.exp(-17.33 / 4)), 4);
    expect(cooler).toEqual(classify.probabilitiesAt(4, classify.logitsOf(own, 2), 2));
    await classifier.dispose();
  });

  test("weights of classes change what it learns; those of 1 change nothing", async () => {
    const data = colored(8, 2);
    const train = async (classWeight?: Record<number, number>): Promise<Float32Array> => {
      const classifier = classify.cnn(data.shape, { classNames: COLORS.slice(0, 2) }, { filters: [4], dropout: 0 });
      await classifier.fit(data, { epochs: 1, batchSize: 16, classWeight });
      const result = await classifier.predict(data);
      await classifier.dispose();
      return result;
    };
    const plain = await train();
    const ones = await train({ 0: 1, 1: 1 });
    const uneven = await train({ 0: 10, 1: 0.1 });
    ones.forEach((value, index) => expect(value).toBeCloseTo(plain[index] ?? NaN, 5));
    const mean = (values: Float32Array): number =>
      values.filter((_, index) => index % 2 === 0).reduce((sum, value) => sum + value, 0);
    expect(mean(uneven)).toBeGreaterThan(mean(plain));
  });

  test("samples classes alike, ends early, and says what is wrong with its data", async () => {
    const data = colored(12, 2);
    const rare = select(data, Uint32Array.from([0, 1, 2, 4, 6, 8, 10, 12]));
    const classifier = classify.cnn(data.shape, { classNames: COLORS.slice(0, 2) }, { filters: [4] });
    const { epochs, stopped } = await classifier.fit(rare, {
      epochs: 40,
      batchSize: 4,
      balancedSampling: true,
      labelSmoothing: 0.2,
      validationData: data,
      patience: 1,
      learningRate: 0.02,
    });
    expect(epochs.length).toBeLessThan(40);
    expect(stopped).toBe("callback");
    const { labels: _, ...unlabelled } = data;
    await expect(classifier.fit(unlabelled)).rejects.toThrow("has no labels");
    await expect(classifier.fit(colored(4, 3))).rejects.toThrow("knows classes 0 to 1");
    await expect(classifier.fit(data, { balancedSampling: true, classWeight: "balanced" })).rejects.toThrow("twice");
    await expect(classifier.fit(data, { fineTune: { from: 0.5 } })).rejects.toThrow("nothing to fine-tune");
    await classifier.dispose();
  });

  test("an aborted training ends after its step", async () => {
    const data = colored(12, 2);
    const classifier = classify.cnn(data.shape, { classNames: COLORS.slice(0, 2) }, { filters: [4] });
    const { epochs, stopped } = await classifier.fit(data, { epochs: 5, signal: AbortSignal.abort() });
    expect([epochs.length, stopped]).toEqual([0, "aborted"]);
    await classifier.dispose();
  });
});

describe("a classifier on a base", () => {
  const names = { classNames: COLORS.slice(0, 2), seed: 2 };

  test("leaves its base as it is while the head learns, and tunes it afterwards, averages apart", async () => {
    const data = colored(16, 2);
    const base = smallBase();
    const classifier = classify.transfer(base, names, { units: [4] });
    const own = classifier.network.transfer?.base as Model;
    const before = base.getWeights();
    await classifier.fit(data, { epochs: 20, batchSize: 8, learningRate: 0.01 });
    expect(own.getWeights()).toEqual(before);
    expect((await classifier.evaluate(data))["accuracy"]).toBe(1);
    const { phases } = await classifier.fit(data, { epochs: 1, fineTune: { from: "second", epochs: 2 } });
    expect(phases.map(({ name }) => name)).toEqual(["head", "fine-tuning"]);
    const changed = own.variables.map((variable, index) => {
      const [now, then] = [variable.read(), before[index]];
      return now.some((value, at) => value !== then?.[at]) ? variable.path.split("/").slice(-2).join("/") : undefined;
    });
    expect(changed.filter((name) => name !== undefined)).toEqual(["second/kernel", "second/bias"]);
    // All of it learns, but for the averages of the normalization.
    await classifier.fit(data, { epochs: 1, fineTune: { from: 1, epochs: 2, learningRate: 0.01 } });
    const normalization = own.layers.find(({ name }) => name === "first_bn");
    const [gamma, , mean, variance] = normalization?.getWeights() ?? [];
    expect(gamma?.some((value) => value !== 1)).toBe(true);
    expect([mean, variance]).toEqual([new Float32Array(6), new Float32Array(6).fill(1)]);
    expect(base.getWeights()).toEqual(before);
    await classifier.dispose();
  });

  test("features that are computed once teach the head the same as features of each step", async () => {
    const data = colored(16, 2);
    const train = async (augment?: string): Promise<Float32Array> => {
      const classifier = classify.transfer(smallBase(), names, {});
      // Shifts of nothing change nothing, but keep features from being computed before.
      await classifier.fit(data, { epochs: 3, batchSize: 8, augment });
      const result = await classifier.predict(data);
      await classifier.dispose();
      return result;
    };
    const [cached, uncached] = [await train(), await train("noise=0")];
    expect(uncached).toEqual(cached);
  });

  test("reads samples once where its features are the same in every epoch, and in each epoch where they are changed", async () => {
    const data = colored(8, 2);
    const reads = async (options: classify.ClassifierFitOptions): Promise<number> => {
      const read = asRead(data);
      let count = 0;
      const counted = {
        ...read,
        read: (numbers: Uint32Array) => {
          count += numbers.length;
          return read.read(numbers);
        },
      };
      const classifier = classify.transfer(smallBase(), names);
      expect(classifier.trainingSettings(options, { training: data.count }).isCached).toBe(
        options.augment === undefined,
      );
      await classifier.fit(counted, { ...options, batchSize: 8 });
      await classifier.dispose();
      return count;
    };
    // A sample of the data is read for the range of values, too.
    const before = await reads({ epochs: 1 });
    expect(await reads({ epochs: 5 })).toBe(before);
    expect(await reads({ epochs: 5, augment: "flip" })).toBe(before + 4 * data.count);
  });

  test("keeps features of 512 MiB at most; of more samples it computes them in each epoch, and takes fewer epochs", () => {
    const classifier = classify.transfer(smallBase(), names);
    // [8, 8, 8] floats: 2 KiB a sample.
    const planned = (training: number, validation?: number): unknown => {
      const { isCached, epochs } = classifier.trainingSettings({}, { training, validation });
      return { isCached, epochs };
    };
    const most = 2 ** 18;
    expect(planned(most)).toEqual({ isCached: true, epochs: 30 });
    expect(planned(most + 1)).toEqual({ isCached: false, epochs: 6 });
    expect(planned(most - 10, 10)).toEqual({ isCached: true, epochs: 30 });
    expect(planned(most - 10, 11)).toEqual({ isCached: false, epochs: 6 });
  });

  test("says which layers there are, and which shares", async () => {
    const data = colored(4, 2);
    const classifier = classify.transfer(smallBase(), names);
    await expect(classifier.fit(data, { fineTune: { from: "secnd" } })).rejects.toThrow('did you mean "second"');
    await expect(classifier.fit(data, { fineTune: { from: 2 } })).rejects.toThrow("above 0 and at most 1");
    expect(() => classify.transfer(smallBase(), names, { shape: [9, 9, 3] })).toThrow(
      "takes samples of shape [8, 8, 3]",
    );
    await classifier.dispose();
  });

  test("takes grey images for colored ones, and values from −1 to 1", async () => {
    const base = smallBase();
    const grey = dataset("grey", [SIDE, SIDE, 1], new Float32Array(SIDE * SIDE).fill(0.25), {});
    const classifier = classify.transfer(base, names, {
      shape: grey.shape,
      inputValues: "symmetric",
      pooling: "average",
    });
    const { features } = classifier.network.transfer ?? {};
    const seen = await features?.predict(grey);
    const expected = await model(base.inputs, globalAveragePooling2d()(base.output)).predict({
      data: new Float32Array(SIDE * SIDE * 3).fill(-0.5),
      shape: [SIDE, SIDE, 3],
    });
    seen?.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 5));
    const pixels = classify.transfer(base, names, { shape: grey.shape, inputValues: "pixels", pooling: "average" });
    const seenPixels = await pixels.network.transfer?.features.predict(grey);
    const expectedPixels = await model(base.inputs, globalAveragePooling2d()(base.output)).predict({
      data: new Float32Array(SIDE * SIDE * 3).fill(0.25 * 255),
      shape: [SIDE, SIDE, 3],
    });
    seenPixels?.forEach((value, index) => expect(value).toBeCloseTo(expectedPixels[index] ?? NaN, 3));
    await classifier.dispose();
    await pixels.dispose();
  });

  test("pools maps that are many, or large", () => {
    const featuresOf = (side: number, maps: number): readonly number[] | undefined => {
      const image = input([side, side, 3]);
      const base = model(image, conv2d(maps, 1)(image));
      return classify.transfer(base, names).network.transfer?.features.output.shape;
    };
    expect(featuresOf(8, 64)).toEqual([4096]);
    expect(featuresOf(9, 64)).toEqual([64]);
    expect(featuresOf(2, 256)).toEqual([256]);
  });
});

test("the same network from scratch has new weights, by the seed, and all of it learns", async () => {
  const data = colored(16, 2);
  const base = smallBase();
  const classifier = classify.transfer(base, { classNames: COLORS.slice(0, 2), positive: 0, seed: 2 });
  const scratch = classify.fromScratch(classifier, { seed: 3 });
  const before = scratch.model.getWeights();
  expect(classify.fromScratch(classifier, { seed: 3 }).model.getWeights()).toEqual(before);
  expect(classify.fromScratch(classifier, { seed: 4 }).model.getWeights()).not.toEqual(before);
  expect(before.map(({ length }) => length)).toEqual(classifier.model.getWeights().map(({ length }) => length));
  expect(before[0]).not.toEqual(base.getWeights()[0]);
  expect([scratch.classNames, scratch.positive]).toEqual([classifier.classNames, 0]);
  const { phases } = await scratch.fit(data, { epochs: 20, batchSize: 8, learningRate: 0.01 });
  expect(phases.map(({ name }) => name)).toEqual(["training"]);
  const after = scratch.model.getWeights();
  for (const [index, weights] of before.entries()) expect(after[index]).not.toEqual(weights);
  expect((await scratch.evaluate(data))["accuracy"]).toBe(1);
  await scratch.dispose();
  await classifier.dispose();
});

test("from scratch, averages that are meant for millions of steps become those of few", async () => {
  const data = colored(16, 2);
  const names = { classNames: COLORS.slice(0, 2), seed: 2 };
  const averagesOf = async (momentum: number): Promise<readonly (Float32Array | undefined)[]> => {
    const classifier = classify.fromScratch(classify.transfer(smallBase(momentum), names), { seed: 3 });
    await classifier.fit(data, { epochs: 2, batchSize: 8, learningRate: 0.01 });
    const { variables } = classifier.model;
    await classifier.dispose();
    return variables.filter(({ name }) => name.startsWith("moving_")).map((variable) => variable.read());
  };
  const usual = await averagesOf(0.99);
  expect(await averagesOf(0.999)).toEqual(usual);
  expect(await averagesOf(0.9)).not.toEqual(usual);
});

describe("the positive class of two", () => {
  test("is the one that the threshold is for", async () => {
    const names = { classNames: COLORS.slice(0, 2) };
    const probabilities = Float32Array.of(0.2, 0.8, 0.4, 0.6, 0.6, 0.4);
    const decide = (positive: number | undefined, threshold: number): number[] => {
      const classifier = classify.cnn([SIDE, SIDE, 3], { ...names, positive }, { filters: [2] });
      classifier.threshold = threshold;
      return [...classifier.decide(probabilities)];
    };
    expect(decide(undefined, 0.7)).toEqual([1, 0, 0]);
    expect(decide(1, 0.5)).toEqual([1, 1, 0]);
    expect(decide(0, 0.5)).toEqual([1, 1, 0]);
    expect(decide(0, 0.3)).toEqual([1, 0, 0]);
    expect(decide(0, 0.7)).toEqual([1, 1, 1]);
    const found = classify.cnn([SIDE, SIDE, 3], { ...names, positive: 0 }, { filters: [2] });
    expect((await classify.load(await found.save())).positive).toBe(0);
    expect(() => decide(2, 0.5)).toThrow("one of two, 0 or 1; 2 came");
  });
});

describe("files", () => {
  test.each(["cnn", "transfer"] as const)("a saved %s classifier is the same one", async (kind) => {
    const data = colored(8, 2);
    const names = { classNames: COLORS.slice(0, 2), seed: 6 };
    const classifier =
      kind === "cnn" ? classify.cnn(data.shape, names, { filters: [4] }) : classify.transfer(smallBase(), names);
    await classifier.fit(data, { epochs: 2 });
    classifier.threshold = 0.3;
    classifier.temperature = 2;
    const bytes = await classifier.save();
    const other = await classify.load(bytes);
    expect(await other.predict(data)).toEqual(await classifier.predict(data));
    expect(other.description).toEqual(classifier.description);
    expect(await other.save()).toEqual(bytes);
    expect(classify.isClassifierFile(bytes)).toBe(true);
    const plain = await loadModel(bytes);
    expect(plain.inputs[0]?.shape).toEqual(data.shape);
    // It goes on learning.
    await other.fit(data, { epochs: 1, ...(kind === "transfer" && { fineTune: { from: 0.5, epochs: 1 } }) });
    await other.dispose();
    await classifier.dispose();
  });

  test("a file of another model is refused", async () => {
    const { saveModel } = await import("../../formats/keras/index.ts");
    await expect(classify.load(await saveModel(smallBase()))).rejects.toThrow(KerasFileError);
  });
});

test("a network is cut before its head, wherever its layers lie", async () => {
  const base = smallBase();
  const image = input([SIDE, SIDE, 3]);
  const { dense } = await import("../../nn/layers/index.ts");
  const nested = model(image, dense(2, { activation: "softmax" })(globalAveragePooling2d()(base(image))));
  const cut = classify.featureBase(nested);
  const data = rows(colored(2, 2), 0, 2);
  expect(cut.output.shape).toEqual([SIDE, SIDE, 8]);
  expect(await cut.predict(data)).toEqual(await base.predict(data));
});

test("a few samples of each class are picked, by the seed", () => {
  const data = colored(10, 3);
  const few = classify.pickLabelled(data, 2, { seed: 1 }) as Dataset;
  expect(Uint8Array.from(few.labels ?? []).toSorted()).toEqual(Uint8Array.from([0, 0, 1, 1, 2, 2]));
  expect((classify.pickLabelled(data, 2, { seed: 2 }) as Dataset).values).not.toEqual(few.values);
  expect(() => classify.pickLabelled(data, 11)).toThrow("has 10 samples of class red, and 11 of each");
});
