import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { Device } from "../../runtime/device.ts";
import { dense } from "../layers/dense.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import type { Callback } from "../training/callback.ts";
import { progressLine } from "./progress-line.ts";
import type { ProgressLineOptions } from "./progress-line.ts";
import { trainingView } from "./testing/training-view.ts";

interface Case {
  readonly steps: number | null;
  readonly epochs: number;
  readonly secondsPerStep: readonly number[];
  readonly figures: readonly Readonly<Record<string, number>>[];
}

/** What is printed where each step takes a given time. */
function printed(options: ProgressLineOptions, { steps, epochs, secondsPerStep, figures }: Case): string {
  let [now, text] = [100, ""];
  vi.spyOn(performance, "now").mockImplementation(() => now * 1000);
  const callback = progressLine({
    ...options,
    write: (piece) => {
      text += piece;
    },
  });
  void callback.onTrainBegin?.(trainingView({ steps: steps ?? undefined, epochs }));
  for (let epoch = 0; epoch < epochs; epoch++) {
    void callback.onEpochBegin?.(epoch);
    for (const [batch, seconds] of secondsPerStep.entries()) {
      now += seconds;
      void callback.onTrainBatchEnd?.(batch, figures[batch]!);
    }
    now += 0.5;
    void callback.onEpochEnd?.(epoch, figures.at(-1)!);
  }
  void callback.onTrainEnd?.({});
  return text;
}

describe("progressLine", () => {
  const { progress } = readFixture("callbacks");

  test.each(progress.map((entry) => [entry.verbose, entry.steps, entry] as const))(
    "with verbose %j and %j steps prints what Keras prints",
    (verbose, _, entry) => {
      expect(printed({ verbose, isTerminal: true }, entry)).toBe(entry.text);
    },
  );

  const short: Case = {
    steps: 2,
    epochs: 2,
    secondsPerStep: [0.25, 0.25],
    figures: [{ loss: 2 }, { loss: 1 }, { loss: 1, val_loss: 3 }],
  };

  test("prints whole lines where text cannot be written over", () => {
    const line = `2/2 ${"━".repeat(20)} 1s 750ms/step - loss: 1.0000 - val_loss: 3.0000\n`;
    expect(printed({ isTerminal: false }, short)).toBe(`Epoch 1/2\n${line}Epoch 2/2\n${line}`);
  });

  test("keeps a line that is written over within the columns", () => {
    const text = printed({ isTerminal: true, columns: 40 }, { ...short, epochs: 1 });
    const [first, , last] = text.split("\r").slice(1);
    // oxlint-disable-next-line no-control-regex -- the codes of colors begin with one.
    const visible = first!.replaceAll(/\u001B\[\d+m|\u0008/gu, "");
    expect(visible).toBe(`1/2 ${"━".repeat(20)} 0s 250ms/step - `.slice(0, 39));
    expect(last).toContain("- val_loss: 3.0000\n");
  });

  test("shows evaluations of their own, and is silent on those within a training", () => {
    let text = "";
    const callback: Callback = progressLine({
      isTerminal: false,
      write: (piece) => {
        text += piece;
      },
    });
    const evaluate = (): void => {
      void callback.onTestBegin?.();
      void callback.onTestBatchEnd?.(0, { loss: 1 });
      void callback.onTestEnd?.({ loss: 1 });
    };
    vi.spyOn(performance, "now").mockReturnValue(5);
    void callback.onTrainBegin?.(trainingView());
    evaluate();
    void callback.onTrainEnd?.({});
    expect(text).toBe("");
    evaluate();
    expect(text).toBe(`1/1 ${"━".repeat(20)} 0s 0s/step - loss: 1.0000\n`);
  });

  test("prints on standard output unless told otherwise", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(performance, "now").mockReturnValue(5);
    const callback = progressLine({ verbose: 2 });
    void callback.onTrainBegin?.(trainingView({ epochs: 1, steps: 4 }));
    void callback.onEpochBegin?.(0);
    void callback.onEpochEnd?.(0, { loss: 0.5 });
    expect(write.mock.calls).toEqual([["4/4 - 0s - 0s/step - loss: 0.5000\n"]]);
  });
});

describe("verbose", () => {
  let device: Device;
  beforeAll(async () => {
    device = await Device.create({ threads: 1 });
  });
  afterAll(() => device.dispose());

  const x = Float32Array.of(1, 2, 3, 4, 5);

  function line(): Sequential {
    // First values that do not depend on the tests before: the losses have one digit before the point.
    const network = sequential([input([1]), dense(1, { kernelInitializer: "ones", biasInitializer: "ones" })]);
    network.compile({ optimizer: "sgd", loss: "mse", device });
    return network;
  }

  test("makes fit, evaluate and predict print, which are silent otherwise", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    setRandomSeed(1);
    const network = line();
    await network.fit(x, x, { epochs: 2 });
    await network.evaluate(x, x);
    await network.predict(x);
    expect(write).not.toHaveBeenCalled();
    await network.fit(x, x, { epochs: 2, batchSize: 2, verbose: 2 });
    await network.evaluate(x, x, { verbose: 2 });
    await network.predict(x, { verbose: 2 });
    const text = write.mock.calls.map(([piece]) => piece).join("");
    const time = String.raw`\d+s - \d+(?:s|ms|us)\/step`;
    const figure = String.raw`loss: \d\.\d{4}(?:e-\d\d)?`;
    const epoch = `3/3 - ${time} - ${figure}`;
    const lines = ["Epoch 1/2", epoch, "Epoch 2/2", epoch, `1/1 - ${time} - ${figure}`, `1/1 - ${time}`];
    expect(text).toMatch(new RegExp(`^${lines.join("\n")}\n$`, "u"));
    await network.dispose();
  });

  test("is 0, 1 or 2", async () => {
    const network = line();
    await expect(network.fit(x, x, { verbose: 3 as 2 })).rejects.toThrow("verbose must be 0, 1 or 2; 3 came");
    await network.dispose();
  });
});
