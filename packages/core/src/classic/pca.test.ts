import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCases } from "../../../../fixtures/classic/read.ts";
import type { NumberTable } from "../../../../fixtures/classic/read.ts";
import { dataset } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { RandomStream } from "../data/random-stream.ts";
import { Device } from "../runtime/device.ts";
import { dot } from "./orthogonal-vectors.ts";
import { principalComponents } from "./pca.ts";
import type { PrincipalComponents } from "./pca.ts";
import { reconstructionErrors } from "./reconstruction-errors.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());

const table = (name: string, { shape: [, size = 1], values }: NumberTable): Dataset =>
  dataset(name, [size], Float32Array.from(values));

/** Samples that vary along `rank` directions, less and less, and a little along all of them. */
function samples(count: number, size: number, rank: number, seed = 1, noise = 0.01): Dataset {
  const random = new RandomStream(seed);
  const numbers = (length: number): Float64Array => Float64Array.from({ length }, () => random.uniform(-1, 1));
  const axes = Array.from({ length: rank }, (_, k) => numbers(size).map((value) => value * 0.7 ** k));
  const values = new Float32Array(count * size);
  for (let sample = 0; sample < count; sample++) {
    const row = numbers(size).map((value) => value * noise);
    for (const axis of axes) {
      const share = random.uniform(-1, 1);
      for (let i = 0; i < size; i++) row[i] = (row[i] as number) + share * (axis[i] as number);
    }
    values.set(row, sample * size);
  }
  return dataset("samples", [size], values);
}

function expectOrthonormal({ components, numComponents, mean: { length } }: PrincipalComponents): void {
  const axis = (k: number): Float64Array => components.subarray(k * length, (k + 1) * length);
  for (let i = 0; i < numComponents; i++) {
    for (let j = 0; j <= i; j++) expect(dot(axis(i), axis(j))).toBeCloseTo(i === j ? 1 : 0, 9);
  }
}

/** Differences of up to a share of the largest value, and of `rounding`. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, share: number, rounding = 0): void {
  const scale = Math.max(...Array.from(expected, Math.abs));
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs((actual[i] as number) - (expected[i] as number)), `value ${i}`).toBeLessThanOrEqual(
      share * scale + rounding,
    );
  }
}

describe("principalComponents", () => {
  // Data are small, so all but the reconstructions is float64.
  it.each(readCases("pca"))("agrees with scikit-learn: $name", async (fixture) => {
    const { standardize, data, heldOut, components } = fixture;
    const numComponents = components.shape[0] as number;
    const pca = await principalComponents(table("data", data), { components: numComponents, standardize, device });
    expectClose(pca.mean, fixture.mean.values, 1e-12);
    expectClose(pca.scale ?? [], standardize ? fixture.scale.values : [], 1e-12);
    expectClose(pca.explainedVariance, fixture.explainedVariance.values, 1e-12);
    expectClose(pca.explainedVarianceRatio, fixture.explainedVarianceRatio.values, 1e-12);
    expectClose(pca.components, components.values, 1e-10);
    expectOrthonormal(pca);
    const errors = await reconstructionErrors(pca, table("held out", heldOut), { device });
    // With all components nothing is left but rounding: 1e-10.
    expectClose(errors, fixture.errors.values, 1e-5, 1e-10);
  });

  it("explains the whole variance with all components", async () => {
    for (const [count, size] of [
      [60, 9],
      [9, 60],
    ] as const) {
      const pca = await principalComponents(samples(count, size, 4), { components: 9, device });
      expectOrthonormal(pca);
      const explained = pca.explainedVariance.reduce((sum, value) => sum + value, 0);
      expect(explained / pca.totalVariance).toBeCloseTo(1, 6);
    }
  });

  it("counts the scale of bytes", async () => {
    const random = new RandomStream(3);
    const bytes = Uint8Array.from({ length: 40 * 6 }, () => random.integer(256));
    const [ofBytes, ofFloats] = [
      await principalComponents(dataset("bytes", [3, 2], bytes), { components: 2, device }),
      await principalComponents(
        dataset(
          "floats",
          [3, 2],
          Float32Array.from(bytes, (value) => value / 255),
        ),
        {
          components: 2,
          device,
        },
      ),
    ];
    expect(ofBytes.shape).toEqual([3, 2]);
    expectClose(ofBytes.mean, ofFloats.mean, 1e-6);
    expectClose(ofBytes.explainedVariance, ofFloats.explainedVariance, 1e-6);
    expectClose(ofBytes.components, ofFloats.components, 1e-4);
  });

  it("finds few components of large tables to the same numbers as all of them", async () => {
    const large = samples(1040, 1030, 12);
    // Products are rounded to float32, and vectors turn by that over the distance to their neighbours' values.
    // 70 are more than a sixteenth: the whole matrix is diagonalized. 6 are searched for.
    const direct = await principalComponents(large, { components: 70, device });
    const searched = await principalComponents(large, { components: 6, device });
    expectClose(searched.explainedVariance, direct.explainedVariance.subarray(0, 6), 1e-6);
    expectClose(searched.components, direct.components.subarray(0, 6 * 1030), 1e-4);
    expectOrthonormal(searched);
  });

  it("gives orthogonal components beyond the rank of the data", async () => {
    for (const [count, size] of [
      [30, 8],
      [8, 30],
    ] as const) {
      const pca = await principalComponents(samples(count, size, 3, 5, 0), { components: 7, device });
      expectOrthonormal(pca);
      expect(Math.max(...pca.explainedVariance.subarray(3))).toBeLessThan(1e-6 * pca.totalVariance);
    }
  });

  it("takes samples that do not vary", async () => {
    const same = dataset("same", [3], Float32Array.of(1, 2, 3, 1, 2, 3, 1, 2, 3));
    for (const standardize of [false, true]) {
      const pca = await principalComponents(same, { components: 2, standardize, device });
      expect([...pca.explainedVariance, ...pca.explainedVarianceRatio, pca.totalVariance]).toEqual([0, 0, 0, 0, 0]);
      expectOrthonormal(pca);
      expect([...(await reconstructionErrors(pca, same, { device }))]).toEqual([0, 0, 0]);
    }
  });

  it.each<[string, Dataset, number, RegExp]>([
    ["one sample", dataset("one", [2], Uint8Array.of(1, 2)), 1, /one has 1 sample, and variances need two or more/],
    [
      "too many components",
      samples(5, 3, 2),
      4,
      /5 samples of shape \[3\], 3 values, and so 1 to 3 .*; 4 were asked for/,
    ],
    ["no components", samples(5, 3, 2), 0, /; 0 were asked for/],
    ["half a component", samples(5, 3, 2), 1.5, /; 1\.5 were asked for/],
  ])("refuses %s", async (_, data, components, message) => {
    await expect(principalComponents(data, { components, device })).rejects.toThrow(message);
  });

  it.each([
    ["small tables", samples(50, 10, 3)],
    ["many samples", samples(1100, 500, 2)],
    ["many samples of many values", samples(1100, 1050, 2)],
  ])("ends when it is aborted on the way: %s", async (_, data) => {
    const stop = new AbortController();
    const before = device.memory.bytesInUse;
    const search = principalComponents(data, { components: 2, device, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(search).rejects.toThrow("enough");
    expect(device.memory.bytesInUse).toBe(before);
  });
});

describe("reconstructionErrors", () => {
  it("falls with every component, to nothing", async () => {
    const data = samples(50, 10, 6);
    const pca = await principalComponents(data, { components: 10, device });
    let last = Infinity;
    for (let components = 1; components <= 10; components++) {
      const errors = await reconstructionErrors(pca, data, { components, device });
      expect(errors.length).toBe(50);
      const mean = errors.reduce((sum, error) => sum + error, 0) / 50;
      expect(mean).toBeLessThan(last);
      // What is left is the variance of the other components, over all values and samples.
      const left = pca.explainedVariance.subarray(components).reduce((sum, value) => sum + value, 0) * (49 / 50 / 10);
      expect(Math.abs(mean - left)).toBeLessThan(1e-6 * pca.totalVariance);
      last = mean;
    }
  });

  it("gives its memory back", async () => {
    const data = samples(30, 6, 3);
    const pca = await principalComponents(data, { components: 2, standardize: true, device });
    const before = device.memory.bytesInUse;
    await reconstructionErrors(pca, data, { device });
    expect(device.memory.bytesInUse).toBe(before);
  });

  it("ends when it is aborted on the way", async () => {
    const data = samples(30, 6, 3);
    const pca = await principalComponents(data, { components: 2, device });
    const stop = new AbortController();
    const errors = reconstructionErrors(pca, data, { device, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(errors).rejects.toThrow("enough");
  });

  it("refuses other samples and components that were not found", async () => {
    const pca = await principalComponents(samples(5, 3, 2), { components: 2, device });
    await expect(reconstructionErrors(pca, samples(5, 4, 2), { device })).rejects.toThrow(
      /those of samples of shape \[3\], 3 values; samples has samples of shape \[4\], 4 values/,
    );
    await expect(reconstructionErrors(pca, samples(5, 3, 2), { components: 3, device })).rejects.toThrow(
      "1 to 2 principal components were found; 3 were asked for",
    );
  });
});
