/** What every family keeps to, whatever it is: it learns, its halves fit, and a saved model is the same model. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataset } from "../../data/index.ts";
import type { Dataset } from "../../data/index.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import { Device } from "../../runtime/device.ts";
import { Autoencoder } from "../autoencoder.ts";
import { load } from "../load-autoencoder.ts";
import type { ModelFamily } from "../model-family.ts";
import type { OptionValue } from "../options/option.ts";

/** Samples with something to learn: smooth waves of a few directions, with a class for the direction, values from 0 to 1. */
export function waves(shape: readonly number[], count: number, { negative = false } = {}): Dataset {
  const bits = new RandomBits(11);
  const size = sizeOf(shape);
  const labels = new Uint8Array(count);
  const images = new Float32Array(count * size);
  for (let sample = 0; sample < count; sample++) {
    const label = sample % 3;
    labels[sample] = label;
    const [phase, height] = [bits.fraction(2 * sample) * 6.28, 0.3 + 0.2 * bits.fraction(2 * sample + 1)];
    for (let place = 0; place < size; place++) {
      const value = height * Math.sin(phase + (label + 1) * 3 * (place / size));
      images[sample * size + place] = negative ? 2 * value : 0.5 + value;
    }
  }
  return dataset("waves", shape, images, { labels, classNames: ["slow", "faster", "fast"] });
}

/** The shapes that every family trains on. */
const CONTRACT_SHAPES = [[28, 28, 1], [33, 47, 3], [12]] as const;

export interface FamilyCase {
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** What the figure is that training makes smaller; `loss` unless given. Null where none falls steadily. */
  readonly figure?: string | null;
}

/** Runs the contract for a family with some of its options. */
export function describeFamily(
  family: ModelFamily,
  name: string,
  { options = {}, figure = "loss" }: FamilyCase = {},
): void {
  describe.each([{ name }])("$name", () => {
    let device: Device;
    beforeAll(async () => {
      device = await Device.create({ threads: 2 });
    });
    afterAll(() => device.dispose());

    test.each(CONTRACT_SHAPES.map((shape) => [shape]))(
      "trains on %j, and comes back from its file as it was",
      async (shape) => {
        const isTable = shape.length === 1;
        const data = waves(shape, 48, { negative: isTable });
        const model = new Autoencoder(family, options, { seed: 4, device });
        const { history, epochs } = await model.fit(data, { epochs: 4, batchSize: 16, validationSplit: 16 });
        const course = figure === null || epochs.length < 2 ? [1, 0] : history[figure]!;
        expect(course.at(-1)!).toBeLessThan(course[0]!);
        expect(Object.values(history).flat().every(Number.isFinite)).toBe(true);
        expect(model.decoder.outputs[0]!.shape).toEqual(shape);
        const loaded = await load(await model.save(), { device });
        expect(isSame(await loaded.save(), await model.save())).toBe(true);
        const [before, after] = [await outputsOf(model, data), await outputsOf(loaded, data)];
        expect(before["reconstructions"]?.length ?? data.values.length).toBe(data.values.length);
        for (const [name, values] of Object.entries(before)) {
          expect(values.every(Number.isFinite), `${name} are finite`).toBe(true);
          expect(isSame(values, after[name]!), `${name} are the same after loading`).toBe(true);
        }
        const exhibits = await model.exhibits(data);
        expect(exhibits.length).toBeGreaterThan(0);
        await model.dispose();
        await loaded.dispose();
      },
    );

    test("learns targets, or refuses samples that have them", async () => {
      const model = new Autoencoder(family, options, { seed: 4, device });
      expect(await tryTargets(model)).toEqual(family.learnsTargets === true ? TARGETS_LEARNED : TARGETS_REFUSED);
      await model.dispose();
    });

    test("goes on after an interruption as if there had been none", async () => {
      const data = waves([12], 48);
      const whole = new Autoencoder(family, options, { seed: 4, device });
      await whole.fit(data, { epochs: 6, batchSize: 16 });
      const first = new Autoencoder(family, options, { seed: 4, device });
      const stop = new AbortController();
      await first.fit(data, {
        epochs: 6,
        batchSize: 16,
        signal: stop.signal,
        callbacks: [{ onEpochEnd: (epoch) => void (epoch === 3 && stop.abort()) }],
      });
      const second = await load(await first.save(), { device });
      await second.fit(data, { epochs: 6, batchSize: 16, initialEpoch: 4 });
      expect(second.model.getWeights()).toEqual(whole.model.getWeights());
      for (const model of [whole, first, second]) await model.dispose();
    });
  });
}

const TARGETS_LEARNED = { isNearTargets: true, hasSmallerLoss: true, ignoresTargets: true, hasExhibits: true };
const TARGETS_REFUSED = { fit: true, score: true };
const REFUSAL = /learns what samples look like, .*"pairs" has targets/u;

/** What comes of a training with targets that tell nothing of their samples, or of the attempt. */
async function tryTargets(model: Autoencoder): Promise<Readonly<Record<string, boolean>>> {
  const data = waves([12], 48);
  const targets = data.values.map((_, index) => 0.9 - 0.05 * (index % 12));
  const paired = dataset("pairs", [12], data.values, { targets, labels: data.labels! });
  const refusal = await failureOf(
    model.fit(paired, { epochs: model.family.isSolved ? 1 : 30, batchSize: 8, learningRate: 0.01 }),
  );
  if (refusal !== undefined) {
    model.build(data);
    return { fit: REFUSAL.test(refusal), score: REFUSAL.test((await failureOf(model.score(paired))) ?? "") };
  }
  const [toTargets, toSamples] = [mean(await model.score(paired)), mean(await model.score(data))];
  const [{ loss = NaN }, { loss: ofSamples = NaN }] = [await model.evaluate(paired), await model.evaluate(data)];
  return {
    isNearTargets: toTargets < 0.3 * toSamples,
    hasSmallerLoss: loss < ofSamples,
    ignoresTargets: isSame(await model.reconstruct(paired), await model.reconstruct(data)),
    hasExhibits: (await model.exhibits(paired)).length > 0,
  };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function failureOf(attempt: Promise<unknown>): Promise<string | undefined> {
  return attempt.then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}

/** Compares bit by bit; a test's own comparison of large arrays takes seconds. */
function isSame(a: Uint8Array | Float32Array, b: Uint8Array | Float32Array): boolean {
  const [first, second] = [a, b].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  ) as [Uint8Array, Uint8Array];
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

/** Everything that a model computes. */
async function outputsOf(model: Autoencoder, data: Dataset): Promise<Record<string, Float32Array>> {
  const outputs: Record<string, Float32Array> = { score: await model.score(data) };
  const labels = data.labels!;
  if (model.encoder !== undefined) {
    outputs["codes"] = await model.encode(data);
    outputs["decoded"] = await model.decode(outputs["codes"], { labels });
    outputs["reconstructions"] = await model.reconstruct(data);
  }
  if (model.isGenerative) outputs["samples"] = await model.sample(5, { seed: 3 });
  return outputs;
}
