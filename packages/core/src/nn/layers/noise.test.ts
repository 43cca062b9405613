/** Layers that disturb in training: what they change, how much, and what they leave alone. */
import { beforeEach, describe, expect, test } from "vitest";
import { inputNode } from "../../ops/leaf.ts";
import { resetNames } from "../names.ts";
import { RandomBits } from "../random/random-bits.ts";
import { evaluate } from "../testing/evaluate.ts";
import * as layers from "./index.ts";
import { input } from "./input-layer.ts";
import type { Layer } from "./layer.ts";
import { lowerContext } from "./lower-context.ts";

beforeEach(resetNames);

const bits = new RandomBits(21);
let drawn = 0;
/** Numbers of the mean 0 and the variance 1, as selu passes on. */
const standardNumbers = (count: number): Float64Array =>
  Float64Array.from({ length: count }, () => Math.sqrt(12) * (bits.fraction(drawn++) - 0.5));

interface Run {
  readonly seed?: number;
  readonly step?: number;
  readonly training?: boolean;
}

/** What the layer makes of samples of a shape, flat. */
function disturb(
  layer: Layer,
  shape: readonly number[],
  samples: readonly Float64Array[],
  { seed = 1, step = 2, training = true }: Run = {},
): number[] {
  const x = inputNode("x", shape);
  const outputs = layer.lowerCall(lowerContext({ training }), [x]);
  return evaluate(outputs, new Map([[x, [...samples]]]), samples.length, { seed, step })[0]!;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const average = mean(values);
  return mean(values.map((value) => (value - average) ** 2));
};

const COUNT = 20_000;
const noisy = [
  ["dropout", () => layers.dropout(0.3)],
  ["spatialDropout1d", () => layers.spatialDropout1d(0.3)],
  ["spatialDropout2d", () => layers.spatialDropout2d(0.3)],
  ["alphaDropout", () => layers.alphaDropout(0.3)],
  ["gaussianDropout", () => layers.gaussianDropout(0.3)],
  ["gaussianNoise", () => layers.gaussianNoise(0.3)],
] as const;
const shapeFor = (name: string): readonly number[] => (name === "spatialDropout2d" ? [2, 2, 8] : [4, 8]);

describe.each(noisy)("%s", (name, make) => {
  const shape = shapeFor(name);
  const samples = [standardNumbers(32), standardNumbers(32)];

  test("does nothing outside of training, and changes numbers in it", () => {
    const flat = samples.flatMap((sample) => [...sample]);
    expect(disturb(make(), shape, samples, { training: false })).toEqual(flat);
    expect(disturb(make(), shape, samples)).not.toEqual(flat);
  });

  test("draws by seed, step and sample", () => {
    const once = disturb(make(), shape, samples);
    expect(disturb(make(), shape, samples)).toEqual(once);
    expect(disturb(make(), shape, samples, { seed: 9 })).not.toEqual(once);
    expect(disturb(make(), shape, samples, { step: 3 })).not.toEqual(once);
    const [first, second] = [once.slice(0, 32), disturb(make(), shape, [samples[0]!, samples[0]!]).slice(32)];
    expect(second).not.toEqual(first);
  });

  test("draws otherwise with a seed of its own", () => {
    const withSeed = (seed?: number): Layer => {
      if (name === "gaussianNoise") return layers.gaussianNoise(0.3, { seed });
      const dropping = { dropout: layers.dropout, spatialDropout1d: layers.spatialDropout1d, spatialDropout2d: layers.spatialDropout2d, alphaDropout: layers.alphaDropout, gaussianDropout: layers.gaussianDropout }; // prettier-ignore
      return dropping[name](0.3, { seed });
    };
    const plain = disturb(withSeed(), shape, samples);
    expect(disturb(withSeed(5), shape, samples)).not.toEqual(plain);
    expect(() => withSeed(-1)).toThrow("must be a whole number from 0 to 4294967295; -1 came");
    expect(() => withSeed(2 ** 32)).toThrow(`must be a whole number from 0 to 4294967295; ${2 ** 32} came`);
  });
});

describe("strength", () => {
  // The bounds are four standard deviations of the measured figure.
  const x = standardNumbers(COUNT);

  test("gaussianNoise adds noise of the mean 0 and its standard deviation", () => {
    const noise = disturb(layers.gaussianNoise(0.5), [COUNT], [x]).map((value, i) => value - x[i]!);
    expect(Math.abs(mean(noise))).toBeLessThan((4 * 0.5) / Math.sqrt(COUNT));
    expect(Math.abs(variance(noise) - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / COUNT));
  });

  test("gaussianDropout multiplies by noise of the mean 1 and the variance rate / (1 - rate)", () => {
    const ones = new Float64Array(COUNT).fill(1);
    const factors = disturb(layers.gaussianDropout(0.2), [COUNT], [ones]);
    expect(Math.abs(mean(factors) - 1)).toBeLessThan((4 * 0.5) / Math.sqrt(COUNT));
    expect(Math.abs(variance(factors) - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(2 / COUNT));
  });

  test("alphaDropout keeps mean and variance, and what it keeps it scales", () => {
    const [rate, saturation] = [0.2, -1.7580993408473766];
    const a = ((1 - rate) * (1 + rate * saturation ** 2)) ** -0.5;
    const b = -a * saturation * rate;
    const y = disturb(layers.alphaDropout(rate), [COUNT], [x]);
    const dropped = y.filter((value) => Math.abs(value - (a * saturation + b)) < 1e-12);
    expect(Math.abs(dropped.length / COUNT - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / COUNT));
    const kept = y.filter((value, i) => Math.abs(value - (a * x[i]! + b)) < 1e-12);
    expect(kept.length + dropped.length).toBe(COUNT);
    // The fourth moment of what comes is 1.8, so figures vary by less than standard normal ones do.
    expect(Math.abs(mean(y))).toBeLessThan(4 / Math.sqrt(COUNT));
    expect(Math.abs(variance(y) - 1)).toBeLessThan(4 * Math.sqrt(2 / COUNT));
  });

  test.each([
    ["dropout with a noise shape", layers.dropout(0.4, { noiseShape: [null, 1, null] })],
    ["spatialDropout1d", layers.spatialDropout1d(0.4)],
  ])("%s drops whole channels, and others of each sample", (_, layer) => {
    const [steps, channels, batch] = [5, 400, 5];
    const ones = Array.from({ length: batch }, () => new Float64Array(steps * channels).fill(1));
    const y = disturb(layer, [steps, channels], ones);
    const first = (sample: number): number[] => y.slice(sample * steps * channels).slice(0, channels);
    for (let sample = 0; sample < batch; sample++) {
      for (let step = 0; step < steps; step++) {
        const row = y.slice((sample * steps + step) * channels).slice(0, channels);
        expect(row).toEqual(first(sample));
      }
    }
    expect(first(1)).not.toEqual(first(0));
    const kept = Array.from({ length: batch }, (_, sample) => first(sample)).flat();
    expect(new Set(kept)).toEqual(new Set([0, 1 / 0.6]));
    const share = kept.filter((value) => value > 0).length / kept.length;
    expect(Math.abs(share - 0.6)).toBeLessThan(4 * Math.sqrt((0.4 * 0.6) / kept.length));
  });

  test("a rate of 0 changes nothing, and a rate of 1 leaves nothing", () => {
    const few = [standardNumbers(6)];
    const none = [layers.dropout(0), layers.alphaDropout(0), layers.gaussianDropout(0), layers.gaussianNoise(0)];
    for (const layer of none) expect(disturb(layer, [6], few)).toEqual([...few[0]!]);
    expect(disturb(layers.dropout(1), [6], few).map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("errors", () => {
  test("say which rate is possible", () => {
    expect(() => layers.gaussianNoise(1.5)).toThrow("the stddev of GaussianNoise must be from 0 to 1; 1.5 came");
    expect(() => layers.spatialDropout2d(-0.1)).toThrow("the rate of SpatialDropout2D must be from 0 to 1; -0.1 came");
    expect(() => layers.alphaDropout(1)).toThrow("the rate of AlphaDropout must be from 0 to below 1; 1 came");
    expect(() => layers.gaussianDropout(1)).toThrow("the rate of GaussianDropout must be from 0 to below 1; 1 came");
    expect(() => layers.dropout(Number.NaN)).toThrow("the rate of Dropout must be from 0 to 1; NaN came");
  });

  test("say which noise shape fits", () => {
    expect(() => layers.dropout(0.5, { noiseShape: [8, 1, 4] })).toThrow(
      "noiseShape of Dropout must be null for the batch, of which each sample draws by itself, and then whole numbers from 1 on",
    );
    const layer = layers.dropout(0.5, { noiseShape: [null, 1, 3] });
    expect(() => disturb(layer, [2, 4], [new Float64Array(8)])).toThrow(
      "its noiseShape [null,1,3] needs a size for the batch and each axis of [2, 4]: that of the input, 1 or null",
    );
  });

  test("say which inputs have channels", () => {
    expect(() => layers.spatialDropout1d(0.5)(input([4]))).toThrow("it needs sequences [steps, channels], not [4]");
    expect(() => layers.spatialDropout2d(0.5)(input([4, 3]))).toThrow(
      "it needs images [height, width, channels], not [4, 3]",
    );
  });
});
