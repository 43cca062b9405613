// Trainings that are cut off anywhere and resumed, against the same training in one go: every bit must be the same.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { earlyStopping, learningRateScheduler, reduceLROnPlateau, terminateOnNaN } from "../../nn/callbacks/index.ts";
import { dense, dropout } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Logs } from "../../nn/logs.ts";
import { sequential } from "../../nn/model/sequential.ts";
import type { Sequential } from "../../nn/model/sequential.ts";
import { resetNames } from "../../nn/names.ts";
import { adam, sgd } from "../../nn/optimizers/index.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { FitOptions } from "../../nn/training/fit.ts";
import { Device } from "../../runtime/device.ts";
import type { Files } from "../files.ts";
import { memoryFiles } from "../memory-files.ts";
import { backupAndRestore } from "./backup-and-restore.ts";
import { csvLogger } from "./csv-logger.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());
beforeEach(() => setRandomSeed(0));

const FEATURES = 4;
const BATCHES = 5;
const EPOCHS = 8;
const bits = new RandomBits(8);
const x = Float32Array.from({ length: 60 * FEATURES }, (_, index) => bits.fraction(index));
const path = "backup/training.safetensors";

function build(optimizer: Optimizer, units = 3, activation = "tanh"): Sequential {
  const network = sequential([input([FEATURES]), dropout(0.25), dense(units, { activation }), dense(FEATURES)]);
  network.compile({ optimizer, loss: "mse", metrics: ["mae"], device });
  return network;
}

class Kill extends Error {}

/** A callback that ends the process, as far as a test can: at an event of a training, counted over all epochs. */
function killAt(event: number): Callback {
  let seen = 0;
  const count = (): void => {
    if (seen++ === event) throw new Kill();
  };
  return { onTrainBatchEnd: count, onTestEnd: count, onEpochEnd: count, onTrainEnd: count };
}

interface Scenario {
  readonly optimizer: () => Optimizer;
  readonly callbacks: () => readonly Callback[];
  readonly saveFreq: "epoch" | number;
  readonly stopped: "finished" | "callback";
}

/** What is left of a training. */
interface Outcome {
  readonly weights: readonly Float32Array[];
  readonly figures: ReadonlyMap<number, Logs>;
  readonly csv: string;
  /** Of the last process, which must know of all epochs. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly learningRate: number;
  readonly iterations: number;
  readonly stopped: string;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  "plateau and momentum": {
    optimizer: () => sgd({ learningRate: 0.3, momentum: 0.9 }),
    callbacks: () => [
      reduceLROnPlateau({ monitor: "loss", patience: 1, factor: 0.5, minDelta: 0.02 }),
      earlyStopping({ patience: 4, restoreBestWeights: true }),
    ],
    saveFreq: 2,
    stopped: "finished",
  },
  "schedule and Adam, stopped early": {
    optimizer: () => adam({ learningRate: 0.2 }),
    callbacks: () => [
      earlyStopping({ patience: 1, minDelta: 0.05, restoreBestWeights: true }),
      learningRateScheduler((epoch, rate) => (epoch > 1 ? rate * 0.8 : rate)),
    ],
    saveFreq: 3,
    stopped: "callback",
  },
  "every batch": {
    optimizer: () => adam(),
    callbacks: () => [learningRateScheduler((_, rate) => rate * 0.9), terminateOnNaN()],
    saveFreq: 1,
    stopped: "finished",
  },
  "every epoch, stopped early": {
    optimizer: () => adam({ learningRate: 0.2 }),
    callbacks: () => [earlyStopping({ minDelta: 0.05 })],
    saveFreq: "epoch",
    stopped: "callback",
  },
};

/** Trains to the end, starting again after each kill, as new processes do. */
async function train(scenario: Scenario, kills: readonly number[]): Promise<Outcome> {
  const files = memoryFiles();
  const figures = new Map<number, Logs>();
  const note: Callback = {
    onEpochEnd: (epoch, logs) => {
      figures.set(epoch, { ...logs });
    },
  };
  for (const [attempt, kill] of [...kills, Infinity].entries()) {
    resetNames();
    // Other weights each time: they must come from the backup.
    setRandomSeed(attempt === 0 ? 1 : 100 + attempt);
    const network = build(scenario.optimizer());
    const backup = backupAndRestore("backup", { files, saveFreq: scenario.saveFreq });
    // Without a backup yet, the training begins as the first did.
    if (attempt > 0 && (await files.read(path)) === undefined) network.setWeights(await firstWeights(scenario));
    const finished = network.fit(x, x, {
      epochs: EPOCHS,
      batchSize: 10,
      seed: 7,
      validationSplit: 1 / 6,
      callbacks: [backup, csvLogger("log.csv", { files }), ...scenario.callbacks(), note, killAt(kill)],
    });
    const history = await finished.catch((error: unknown) => {
      if (!(error instanceof Kill)) throw error;
    });
    if (history === undefined) {
      await network.dispose();
      continue;
    }
    const { optimizer, state } = network.compiled!;
    const outcome = {
      weights: network.getWeights(),
      figures,
      csv: new TextDecoder().decode(await files.read("log.csv")),
      history: history.history,
      learningRate: optimizer.learningRate,
      iterations: state.iterations,
      stopped: history.stopped,
    };
    await network.dispose();
    expect(await files.read(path)).toBeUndefined();
    return outcome;
  }
  throw new Error("the last attempt has no kill");
}

async function firstWeights(scenario: Scenario): Promise<Float32Array[]> {
  resetNames();
  setRandomSeed(1);
  const network = build(scenario.optimizer());
  const weights = network.getWeights();
  await network.dispose();
  return weights;
}

describe("a training that is cut off", () => {
  test.each(Object.entries(scenarios))("ends as one that was not: %s", async (_, scenario) => {
    const whole = await train(scenario, []);
    expect(whole.csv.split("\r\n").length).toBe(whole.figures.size + 2);
    expect(whole.stopped).toBe(scenario.stopped);
    // Each batch, each validation, each epoch, and the end.
    const last = whole.figures.size * (BATCHES + 2);
    for (let kill = last; kill >= 0; kill -= 3) {
      expect(await train(scenario, [kill]), `killed at event ${kill}`).toEqual(whole);
    }
  });

  test("ends as one that was not, cut off ten times at random", async () => {
    const draw = new RandomBits(5);
    for (const [index, scenario] of Object.values(scenarios).entries()) {
      const whole = await train(scenario, []);
      const kills = Array.from({ length: 10 }, (_, i) => Math.floor(draw.fraction(10 * index + i) * 2 * (BATCHES + 2)));
      expect(await train(scenario, kills), `killed at the events ${kills.join(", ")}`).toEqual(whole);
    }
  });
});

describe("backups", () => {
  const start = async (
    files: Files,
    network: Sequential,
    options: Partial<FitOptions> = {},
    others: readonly Callback[] = [],
  ): Promise<void> => {
    const backup = backupAndRestore("backup", { files, saveFreq: 2 });
    const given = { epochs: 2, batchSize: 10, callbacks: [...others, backup], ...options };
    try {
      await network.fit(x, x, given);
    } finally {
      await network.dispose();
    }
  };

  async function interrupted(others: readonly Callback[] = []): Promise<Files> {
    const files = memoryFiles();
    await expect(start(files, build(adam()), {}, [...others, killAt(3)])).rejects.toThrow(Kill);
    expect(await files.list("backup")).toEqual(["training.safetensors"]);
    return files;
  }

  test.each([
    ["shapes", () => build(adam(), 2), {}, /has "sequential\/dense\/kernel" \[4, 3\] where model "sequential_1" has "/],
    [
      "optimizer",
      () => build(sgd()),
      {},
      "the optimizer Adam, and this one has SGD; build and compile the model as it was",
    ],
    ["slots", () => build(adam({ amsgrad: true })), {}, "lacks what the optimizer Adam keeps as velocity_hat of"],
    ["seed", () => build(adam()), { seed: 3 }, "the seed 0, and this one has 3; give fit the same seed"],
    [
      "batches",
      () => build(adam()),
      { batchSize: 20 },
      "batches in an epoch: 6, and this one has 3; give the same data",
    ],
  ] as const)("of another training are refused: other %s", async (_, create, options, message) => {
    resetNames();
    const files = await interrupted();
    const network = create();
    const before = network.getWeights();
    await expect(start(files, network, options)).rejects.toThrow(message);
    expect(network.getWeights()).toEqual(before);
  });

  test("of other callbacks are refused, and those without a state do not matter", async () => {
    const files = await interrupted([csvLogger("log.csv", { files: memoryFiles() })]);
    await expect(start(files, build(adam()), {}, [terminateOnNaN()])).rejects.toThrow(
      "the callbacks csvLogger, and this one has none; give the same in the same order",
    );
  });

  test("do not depend on the automatic names of layers", async () => {
    const files = await interrupted();
    await start(files, build(adam()));
    expect(await files.list("backup")).toEqual([]);
  });

  test("that are damaged, or no backups, are refused", async () => {
    const files = await interrupted();
    const good = (await files.read(path))!;
    await files.write(path, good.subarray(0, good.length - 5));
    await expect(start(files, build(adam()))).rejects.toThrow(/the backup backup\/training.safetensors is damaged \(/);
    await files.write(path, new Uint8Array(100));
    await expect(start(files, build(adam()))).rejects.toThrow(/is damaged|is no backup of a training/);
  });

  test("are kept when a training is aborted, and when asked to", async () => {
    const files = memoryFiles();
    const controller = new AbortController();
    const abort: Callback = {
      onTrainBatchEnd: (batch) => {
        if (batch === 3) controller.abort();
      },
    };
    await start(files, build(adam()), { signal: controller.signal }, [abort]);
    expect(await files.list("backup")).toHaveLength(1);
    const kept = memoryFiles();
    const network = build(adam());
    const callbacks = [backupAndRestore("backup", { files: kept, deleteCheckpoint: false })];
    await network.fit(x, x, { epochs: 2, callbacks });
    const weights = network.getWeights();
    // What has been done is not done again.
    const onEpochBegin = vi.fn<() => void>();
    const { epoch } = await network.fit(x, x, { epochs: 2, callbacks: [...callbacks, { onEpochBegin }] });
    expect(epoch).toEqual([0, 1]);
    expect(onEpochBegin).not.toHaveBeenCalled();
    expect(network.getWeights()).toEqual(weights);
    await network.dispose();
  });

  test("hold no model that has diverged", async () => {
    const files = memoryFiles();
    await start(files, build(sgd({ learningRate: 1e30 })), {}, [terminateOnNaN(), killAt(1)]).catch(() => {});
    expect(await files.list("backup")).toEqual([]);
  });

  test("need a folder and a frequency", () => {
    const files = memoryFiles();
    expect(() => backupAndRestore("", { files })).toThrow("backupAndRestore needs a folder; an empty text came");
    expect(() => backupAndRestore("a", { files, saveFreq: -1 })).toThrow("saveFreq of backupAndRestore must be");
  });
});
