/** What fit offers to callbacks: their order, figures of their own, an end in the middle of an epoch, going on. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { dense, dropout } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { RandomBits } from "../random/random-bits.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import type { Callback, TrainingView } from "./callback.ts";
import type { FigureState } from "./figures.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});

const bits = new RandomBits(3);
const x = Float32Array.from({ length: 50 * 4 }, (_, index) => bits.fraction(index));

function autoencoder(): Sequential {
  const network = sequential([input([4]), dropout(0.2), dense(2), dense(4)]);
  network.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: "mse", metrics: ["mae"], device });
  return network;
}

describe("callbacks", () => {
  test("that come last see each event after the others", async () => {
    const events: string[] = [];
    const recorder = (name: string, comesLast: boolean): Callback => ({
      comesLast,
      onTrainBegin: () => void events.push(`${name} begin`),
      onEpochEnd: () => void events.push(`${name} epoch`),
    });
    const network = autoencoder();
    await network.fit(x, x, { callbacks: [recorder("a", true), recorder("b", false), recorder("c", false)] });
    expect(events).toEqual(["b begin", "c begin", "a begin", "b epoch", "c epoch", "a epoch"]);
    await network.dispose();
  });

  test("may add to the figures of an epoch", async () => {
    const network = autoencoder();
    let training: TrainingView | undefined;
    let seen: readonly string[] = [];
    const reporter: Callback = {
      onTrainBegin: (view) => {
        training = view;
      },
      onEpochEnd: (epoch) => training?.report("own", epoch * 10),
    };
    const later: Callback = {
      onEpochEnd: (_, logs) => {
        seen = Object.keys(logs);
      },
    };
    const { history } = await network.fit(x, x, { epochs: 3, callbacks: [reporter, later] });
    expect(seen).toEqual(["loss", "mae", "own"]);
    expect(history["own"]).toEqual([0, 10, 20]);
    await network.dispose();
  });

  test("may end the training in the middle of an epoch", async () => {
    const network = autoencoder();
    let training: TrainingView | undefined;
    const batches: number[] = [];
    const { epoch, stopped } = await network.fit(x, x, {
      batchSize: 10,
      epochs: 3,
      callbacks: [
        {
          onTrainBegin: (view) => {
            training = view;
          },
          onTrainBatchEnd: (batch) => {
            batches.push(batch);
            if (batch === 2) training!.stopTraining = true;
          },
        },
      ],
    });
    expect([batches, epoch, stopped]).toEqual([[0, 1, 2], [0], "callback"]);
    await network.dispose();
  });
});

describe("resumeAt", () => {
  interface Saved {
    readonly weights: readonly Float32Array[];
    readonly iterations: number;
    readonly figures: FigureState;
  }

  /** Trains two epochs of five batches; `from` begins as a training that had been saved there. */
  async function train(from?: { readonly batch: number; readonly saved: Saved }): Promise<{
    readonly saved: readonly Saved[];
    readonly outcome: unknown;
  }> {
    resetNames();
    setRandomSeed(1);
    const network = autoencoder();
    const saved: Saved[] = [];
    let training: TrainingView | undefined;
    const keeper: Callback = {
      onTrainBegin: (view) => {
        training = view;
        if (from === undefined) return;
        network.setWeights(from.saved.weights);
        view.optimizerState.assign({ iterations: from.saved.iterations, variables: [] });
        view.resumeAt(0, from.batch, JSON.parse(JSON.stringify(from.saved.figures)) as FigureState);
      },
      onTrainBatchEnd: () => {
        const { iterations } = training!.optimizerState;
        saved.push({ weights: network.getWeights(), iterations, figures: training!.figureState! });
      },
    };
    const { history } = await network.fit(x, x, { batchSize: 10, epochs: 2, seed: 4, callbacks: [keeper] });
    const outcome = { history, weights: network.getWeights() };
    await network.dispose();
    return { saved, outcome };
  }

  test("goes on to the same weights and figures from after any batch", async () => {
    const whole = await train();
    for (const batch of [1, 3, 5]) {
      const { outcome } = await train({ batch, saved: whole.saved[batch - 1]! });
      expect(outcome).toEqual(whole.outcome);
    }
  });

  test("refuses what other figures have added up to", async () => {
    const { saved } = await train();
    const { figures, ...rest } = saved[0]!;
    const other = { ...figures, values: { loss: 1 } };
    await expect(train({ batch: 1, saved: { ...rest, figures: other } })).rejects.toThrow(
      "the interrupted epoch measured loss, and this training measures loss, mae; compile the model as it was",
    );
  });
});
