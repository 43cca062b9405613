import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import type { InitializerDraw } from "../../../../../fixtures/keras/fixture-types.ts";
import { RandomBits } from "../random/random-bits.ts";
import { computeFans } from "./fans.ts";
import { getInitializer, initializerFromConfig, initializerToKeras } from "./registry.ts";
import { heNormal, varianceScaling } from "./variance-scaling.ts";

const fixture = readFixture("initializers");
const SAMPLE = [200, 100] as const;

/** Mean, standard deviation and ends of the distribution that Keras draws from. */
function moments(draw: InitializerDraw): { mean: number; deviation: number; low: number; high: number } {
  const { minval = 0, maxval = 0, mean = 0, stddev = 0 } = draw;
  if (draw.distribution === "uniform") {
    return { mean: (minval + maxval) / 2, deviation: (maxval - minval) / Math.sqrt(12), low: minval, high: maxval };
  }
  if (draw.distribution === "normal") return { mean, deviation: stddev, low: -Infinity, high: Infinity };
  return { mean, deviation: 0.87962566 * stddev, low: mean - 2 * stddev, high: mean + 2 * stddev };
}

describe.each(fixture.random.map((entry) => [`${entry.name} ${JSON.stringify(entry.arguments)}`, entry] as const))(
  "%s",
  (_, entry) => {
    test.each(entry.shapes.map((draw) => [draw.shape, draw] as const))("draws as Keras for shape %j", (shape, draw) => {
      const { fanIn, fanOut } = computeFans(shape);
      expect([fanIn, fanOut]).toEqual(draw.fans);
      const initializer = initializerFromConfig(entry.name, entry.arguments);
      // Several draws where the variable is small; 5 standard errors are passed by chance once in 2 million.
      const values: number[] = [];
      for (let stream = 0; values.length < SAMPLE[0] * SAMPLE[1]; stream++) {
        values.push(...initializer.values(shape, new RandomBits(17, stream)));
      }
      const { mean, deviation, low, high } = moments(draw);
      const average = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
      expect(Math.abs(average - mean)).toBeLessThan((5 * deviation) / Math.sqrt(values.length));
      expect(Math.abs(Math.sqrt(variance) / deviation - 1)).toBeLessThan(5 / Math.sqrt(values.length));
      const slack = 1e-6 * Math.max(1, Math.abs(high));
      expect(values.every((value) => value >= low - slack && value <= high + slack)).toBe(true);
      // The draws reach up to the end, or two deviations where there is none.
      const reached = Number.isFinite(high) ? high - 0.01 * (high - low) : mean + 2 * deviation;
      expect(values.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(reached);
    });
  },
);

test.each(fixture.constant)("$name $arguments gives Keras's values", ({ name, arguments: config, value }) => {
  const { shape, data } = decodeArray(value);
  expect(initializerFromConfig(name, config).values(shape, new RandomBits(1))).toEqual(data);
});

test.each(fixture.orthogonal)("orthogonal of shape $shape, gain $gain", ({ shape, gain, matrix, orthonormal }) => {
  const [rows, columns] = matrix as [number, number];
  const values = initializerFromConfig("Orthogonal", { gain }).values(shape, new RandomBits(3));
  const byColumn = orthonormal === "columns";
  const count = byColumn ? columns : rows;
  const element = (vector: number, i: number): number =>
    (byColumn ? values[i * columns + vector] : values[vector * columns + i]) as number;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let product = 0;
      for (let i = 0; i < (byColumn ? rows : columns); i++) product += element(a, i) * element(b, i);
      expect(product).toBeCloseTo(a === b ? gain ** 2 : 0, 6);
    }
  }
});

test("the same seed gives the same bits, today and tomorrow", () => {
  // The values are what this code gave when it was written: a change of them changes every seeded model.
  expect([...heNormal().values([2, 2], new RandomBits(1, 2))]).toMatchInlineSnapshot(`
    [
      1.3634226322174072,
      0.13770416378974915,
      -0.7392896413803101,
      -1.7656779289245605,
    ]
  `);
});

test("names are understood in every spelling", () => {
  for (const name of ["glorotUniform", "glorot_uniform", "GlorotUniform"]) {
    expect(getInitializer(name).className).toBe("GlorotUniform");
  }
  expect(getInitializer("orthogonal_initializer").className).toBe("Orthogonal");
  expect(() => getInitializer("glorot_unifrom")).toThrow(
    'unknown initializer "glorot_unifrom"; did you mean "glorot_uniform"?',
  );
});

test("Keras's configuration goes there and back", () => {
  const initializer = varianceScaling({ scale: 2, mode: "fanOut", distribution: "untruncatedNormal", seed: 4 });
  const { class_name: className, config } = initializerToKeras(initializer);
  expect(config).toEqual({
    scale: 2,
    mode: "fan_out",
    distribution: "untruncated_normal",
    seed: 4,
    input_axes: null,
    output_axes: null,
  });
  expect(initializerFromConfig(className, config).config).toEqual(config);
  expect(initializerFromConfig(className, config).seed).toBe(4);
});

test("errors say what came", () => {
  expect(() => varianceScaling({ scale: 0 })).toThrow("the scale of varianceScaling must be positive; 0 came");
  expect(() => getInitializer("identity").values([2, 3, 4], new RandomBits(1))).toThrow("shape [2, 3, 4] came");
  expect(() => getInitializer("orthogonal").values([5], new RandomBits(1))).toThrow("shape [5] came");
  expect(() => initializerFromConfig("VarianceScaling", { mode: "fan_on" })).toThrow('did you mean "fan_in"?');
});
