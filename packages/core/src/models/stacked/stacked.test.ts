import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import type { Autoencoder } from "../autoencoder.ts";
import { load } from "../load-autoencoder.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { stacked } from "./stacked.ts";

// The losses of different layers are those of different codes, and one hidden layer alone is better than one and a narrow code.
describeFamily(stacked.family, "stacked", { options: { units: [24, 12], code: 4 }, figure: "mse" });
describeFamily(stacked.family, "stacked: tied", {
  options: { units: [24], code: 6, tied: true, fineTuning: 0.2 },
  figure: null,
});
describeFamily(stacked.family, "stacked: tied, all layers at once", {
  options: { units: [24], code: 6, tied: true, pretraining: "none" },
});

const IMAGES = waves([6, 7, 1], 64);
const OPTIONS = { units: [20], code: 5, loss: "mse", seed: 3 } as const;

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());

/** The weights by the names of their layers' halves: `encoder 0 kernel`. */
function weightsOf({ encoder, decoder }: Autoencoder): Record<string, Float32Array> {
  const halves = { encoder: encoder!, decoder };
  const entries = Object.entries(halves).flatMap(([half, { layers }]) =>
    layers
      .filter(({ className }) => className === "Dense")
      .flatMap(({ variables }, index) =>
        variables.map((variable) => [`${half} ${index} ${variable.name}`, variable.read()] as const),
      ),
  );
  return Object.fromEntries(entries);
}

describe("greedy pretraining", () => {
  test("is over once all layers train: epochs that are added are all theirs", async () => {
    const model = stacked({ ...OPTIONS, device });
    await model.fit(IMAGES, { epochs: 4, batchSize: 16 });
    const loaded = await load(await model.save(), { device });
    const { phases, epochs } = await loaded.fit(IMAGES, { epochs: 12, initialEpoch: 4, batchSize: 16 });
    expect(phases).toEqual([
      { name: "layer 1", from: 0, to: 1, isLast: false },
      { name: "layer 2", from: 1, to: 2, isLast: false },
      { name: "fine-tuning", from: 2, to: 12, isLast: true },
    ]);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    const straight = stacked({ ...OPTIONS, fineTuning: 10 / 12, device });
    await straight.fit(IMAGES, { epochs: 12, batchSize: 16 });
    expect(loaded.model.getWeights()).toEqual(straight.model.getWeights());
    for (const each of [model, loaded, straight]) await each.dispose();
  });

  test("trains one pair of layers after the other, then all", async () => {
    const model = stacked({ ...OPTIONS, device });
    const changed: Record<string, string[]> = {};
    let before: Record<string, Float32Array> | undefined;
    const { phases, history } = await model.fit(IMAGES, {
      epochs: 4,
      batchSize: 16,
      callbacks: ({ name }) => [
        {
          onTrainBegin: () => void (before = weightsOf(model)),
          onTrainEnd: () => {
            const after = weightsOf(model);
            changed[name] = Object.keys(after).filter((key) => String(after[key]) !== String(before![key]));
          },
        },
      ],
    });
    expect(phases).toEqual([
      { name: "layer 1", from: 0, to: 1, isLast: false },
      { name: "layer 2", from: 1, to: 2, isLast: false },
      { name: "fine-tuning", from: 2, to: 4, isLast: true },
    ]);
    const pair = (encoder: number, decoder: number): string[] => [
      `encoder ${encoder} kernel`,
      `encoder ${encoder} bias`,
      `decoder ${decoder} kernel`,
      `decoder ${decoder} bias`,
    ];
    expect(changed["layer 1"]).toEqual(pair(0, 1));
    expect(changed["layer 2"]).toEqual(pair(1, 0));
    expect(changed["fine-tuning"]!.toSorted()).toEqual([...pair(0, 1), ...pair(1, 0)].toSorted());
    expect(history["mse"]).toHaveLength(4);
    await model.dispose();
  });

  test("is not left out where fewer epochs are asked for than were planned", async () => {
    const first = stacked({ ...OPTIONS, device });
    const stop = new AbortController();
    const planned = { epochs: 32, batchSize: 16 };
    const { phases } = await first.fit(IMAGES, {
      ...planned,
      signal: stop.signal,
      callbacks: [{ onEpochEnd: (epoch) => void (epoch === 6 && stop.abort()) }],
    });
    expect(phases[0]).toMatchObject({ from: 0, to: 8 });
    await expect(first.fit(IMAGES, { ...planned, epochs: 8, initialEpoch: 7 })).rejects.toThrow("at least 9");
    const trained = await first.fit(IMAGES, { ...planned, epochs: 9, initialEpoch: 7 });
    expect(trained.phases.map(({ to }) => to)).toEqual([7, 8, 9]);
    expect(trained.epochs.map(({ epoch }) => epoch)).toEqual([7, 8]);
    await expect(first.fit(IMAGES, { ...planned, initialEpoch: 3 })).rejects.toThrow("initialEpoch must be 8 or more");
    await first.dispose();
  });

  test("the second layer learns the codes of the first", async () => {
    const model = stacked({ ...OPTIONS, device, fineTuning: 0.01 });
    let measured = Number.NaN;
    let expected = Number.NaN;
    await model.fit(IMAGES, {
      epochs: 3,
      batchSize: 16,
      validationData: IMAGES,
      callbacks: ({ name }) => [
        {
          onEpochEnd: (_, logs) => {
            if (name !== "layer 2") return;
            measured = logs["val_loss"]!;
            expected = errorOfSecondPair(weightsOf(model));
          },
        },
      ],
    });
    expect(measured / expected).toBeCloseTo(1, 5);
    await model.dispose();
  });

  test("shares divide the epochs: 10, 10 and 5 of 25", async () => {
    const model = stacked({ ...OPTIONS, device, fineTuning: 0.2 });
    const { phases } = await model.fit(waves([12], 16), { epochs: 25, batchSize: 16 });
    expect(phases.map(({ from, to }) => to - from)).toEqual([10, 10, 5]);
    await model.dispose();
  });
});

/** In float64, the mean squared error of relu(code·V + c) against h = relu(x·W + b), for a linear code h·U + d. */
function errorOfSecondPair(weights: Record<string, Float32Array>): number {
  const layer = (x: number[], name: string, relu: boolean): number[] => {
    const [kernel, bias] = [weights[`${name} kernel`]!, weights[`${name} bias`]!];
    return [...bias].map((start, unit) => {
      const sum = x.reduce((total, value, place) => total + value * kernel[place * bias.length + unit]!, start);
      return relu ? Math.max(0, sum) : sum;
    });
  };
  let total = 0;
  for (let sample = 0; sample < IMAGES.count; sample++) {
    const x = [...(IMAGES.values as Float32Array).subarray(sample * 42, (sample + 1) * 42)];
    const hidden = layer(x, "encoder 0", true);
    const restored = layer(layer(hidden, "encoder 1", false), "decoder 0", true);
    total += hidden.reduce((sum, value, unit) => sum + (value - restored[unit]!) ** 2, 0) / hidden.length;
  }
  return total / IMAGES.count;
}

test("the same bits on one thread as on two", async () => {
  const weights = [];
  for (const threads of [1, 2]) {
    const own = await Device.create({ threads });
    const model = stacked({ ...OPTIONS, tied: true, device: own });
    await model.fit(IMAGES, { epochs: 3, batchSize: 24 });
    weights.push(model.model.getWeights());
    await model.dispose();
    own.dispose();
  }
  expect(weights[0]).toEqual(weights[1]);
});

test("as many epochs as parts train every layer, and fewer are refused", async () => {
  const model = stacked({ ...OPTIONS, device });
  await expect(model.fit(IMAGES, { epochs: 2 })).rejects.toThrow(
    new RangeError(
      "epochs must be at least 3, one for each part of the training (layer 1, layer 2, fine-tuning); 2 came",
    ),
  );
  const { phases } = await model.fit(IMAGES, { epochs: 3 });
  expect(phases.map(({ to }) => to)).toEqual([1, 2, 3]);
  await model.dispose();
});

test("weights that both halves share count once", () => {
  const numbersOf = (tied: boolean): number => {
    const model = stacked({ ...OPTIONS, tied, device });
    model.build(IMAGES);
    return model.numParameters;
  };
  expect(numbersOf(false)).toBe(43 * 20 + 21 * 5 + 6 * 20 + 21 * 42);
  expect(numbersOf(true)).toBe(43 * 20 + 21 * 5 + 20 + 42);
});
