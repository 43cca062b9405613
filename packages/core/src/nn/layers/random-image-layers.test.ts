/** Layers that change images at random: against Keras for the same draws, and what they draw. */
import { beforeEach, describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import { expectClose } from "../../ops/testing/check-kernel.ts";
import { runKernels } from "../../ops/testing/run-kernels.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { constantsOf } from "../constant-tensor.ts";
import type { KerasConfig } from "../keras-object.ts";
import { resetNames } from "../names.ts";
import { evaluate, samplesOf } from "../testing/evaluate.ts";
import {
  randomBrightness,
  randomContrast,
  randomCrop,
  randomErasing,
  randomFlip,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
} from "./index.ts";
import { input } from "./input-layer.ts";
import type { Layer } from "./layer.ts";
import { lowerContext } from "./lower-context.ts";
import type { RandomImageLayer } from "./random-image-layer.ts";
import { layerFromConfig } from "./registry.ts";

beforeEach(resetNames);

describe("as Keras, for the same draws", () => {
  const { cases } = readFixture("random-image-layers");

  test.each(cases.map((each) => [each.layer, JSON.stringify(each.config), each] as const))("%s %s", (_, __, entry) => {
    const layer = layerFromConfig(entry.layer, entry.config as KerasConfig) as RandomImageLayer;
    const [images, chances, expected] = [entry.input, entry.chances, entry.output].map(decodeArray);
    const [x, u] = [inputNode("x", images!.shape.slice(1)), inputNode("u", chances!.shape.slice(1))];
    const output = layer.augment(x, u);
    const constants = constantsOf([output]).map(([node, values]) => [node, Float64Array.from(values)] as const);
    const feeds = new Map<Node, TensorValue>([[x, samplesOf(images!)], [u, samplesOf(chances!)], ...constants]);
    // By the kernels, in float32: which of two pixels is the nearer is a matter of rounding. Positions are off by 1e-6,
    // between pixels that differ by up to 5.
    const [actual] = runKernels([output], feeds, { batch: images!.shape[0]! });
    expectClose(actual!, samplesOf(expected!), 1e-5);
  });
});

/** What a layer makes of an image: of one for each of `count` samples, in training unless said otherwise. */
function run(layer: Layer, image: readonly number[], shape: readonly number[], count = 1, training = true): number[][] {
  layer(input(shape));
  const x = inputNode("x", shape);
  const samples = Array.from({ length: count }, () => Float64Array.from(image));
  const [values] = evaluate(layer.lowerCall(lowerContext({ training }), [x]), new Map([[x, samples]]), count, {
    seed: 5,
  });
  const size = values!.length / count;
  return Array.from({ length: count }, (_, i) => values!.slice(i * size, (i + 1) * size));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe("draws of 4000 samples", () => {
  const count = 4000;

  test("half of the images are flipped, along both axes at once", () => {
    const flipped = run(randomFlip(), [1, 2, 3, 4], [2, 2, 1], count).map(String);
    expect(new Set(flipped)).toEqual(new Set(["1,2,3,4", "4,3,2,1"]));
    // Four standard deviations: 4 · √(0.25 / 4000)
    expect(Math.abs(mean(flipped.map((values) => (values === "4,3,2,1" ? 1 : 0))) - 0.5)).toBeLessThan(0.032);
  });

  test("changes of brightness are spread evenly over their range", () => {
    const layer = randomBrightness([-0.25, 0.75], { valueRange: [-1, 3] });
    const changes = run(layer, [0], [1, 1, 1], count).map(([value]) => value! / 4);
    expect(Math.min(...changes)).toBeGreaterThanOrEqual(-0.25);
    expect(Math.max(...changes)).toBeLessThan(0.75);
    // Four standard deviations of the mean of an even spread, whose variance is 1/12.
    expect(Math.abs(mean(changes) - 0.25)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(mean(changes.map((change) => (change - 0.25) ** 2)) - 1 / 12)).toBeLessThan(0.005);
  });

  test("crops begin anywhere that they fit, and nowhere else", () => {
    const image = Array.from({ length: 5 * 4 }, (_, i) => i);
    const corners = run(randomCrop(3, 3), image, [5, 4, 1], count).map(([corner]) => corner!);
    const counts = new Map<number, number>();
    for (const corner of corners) counts.set(corner, (counts.get(corner) ?? 0) + 1);
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 4, 5, 8, 9]);
    // Six corners alike: 667 each, with a standard deviation of 24.
    for (const times of counts.values()) expect(Math.abs(times - count / 6)).toBeLessThan(100);
  });

  test("as much of each image is erased as the scale says, anywhere but in the first row and column", () => {
    const side = 8;
    const layer = randomErasing([1, 1], { scale: [0.25, 0.0625], fillValue: 0, valueRange: [0, 1] });
    const ones = Array.from({ length: side * side }, () => 1);
    const erased = run(layer, ones, [side, side, 1], count).map((values) => {
      const places = values.flatMap((value, index) => (value === 0 ? [index] : []));
      const rows = new Set(places.map((place) => Math.floor(place / side)));
      const columns = new Set(places.map((place) => place % side));
      expect(places.length).toBe(rows.size * columns.size);
      return { height: rows.size, width: columns.size, top: Math.min(...rows), left: Math.min(...columns) };
    });
    // √(1/16) to √(1/4) of 8 pixels
    for (const size of ["height", "width"] as const) {
      expect(new Set(erased.map((part) => part[size]))).toEqual(new Set([2, 3, 4]));
    }
    expect(erased.filter(({ height, width }) => height !== width).length).toBeGreaterThan(count / 4);
    // As in Keras: a part begins at the first whole pixel after a place from 0 on.
    for (const corner of ["top", "left"] as const) {
      expect(new Set(erased.map((part) => part[corner]))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    }
  });

  test("the probability of erasing is drawn, too, up to the factor", () => {
    const erased = run(randomErasing(0.8, { scale: [1, 1], fillValue: 0 }), [9], [1, 1, 1], count).map(
      ([value]) => value === 0,
    );
    expect(Math.abs(mean(erased.map(Number)) - 0.4)).toBeLessThan(4 * Math.sqrt(0.24 / count));
  });

  test("what is erased becomes normal noise of the size of the largest value, clipped", () => {
    const layer = randomErasing([1, 1], { scale: [1, 1], valueRange: [-6, 2] });
    const noise = run(layer, [9, 9, 9, 9], [2, 2, 1], count).flat();
    expect(Math.max(...noise)).toBe(2);
    const negative = noise.filter((value) => value < 0);
    expect(Math.abs(negative.length / noise.length - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / noise.length));
    // The mean of the negative half of a normal distribution: −σ √(2/π), of which clipping at three σ takes next to nothing.
    expect(Math.abs(mean(negative) + 2 * Math.sqrt(2 / Math.PI))).toBeLessThan(0.06);
  });

  test("zooms of both sides are the same draw unless there are two factors", () => {
    // The pixel in the corner of a ramp x + 10y tells both zooms.
    const ramp = [0, 1, 2, 10, 11, 12, 20, 21, 22];
    const zooms = (layer: Layer): number[][] =>
      run(layer, ramp, [3, 3, 1], 50).map((values) => [values[4]! - values[3]!, (values[4]! - values[1]!) / 10]);
    for (const [across, down] of zooms(randomZoom([-0.5, -0.1]))) expect(across).toBeCloseTo(down!, 5);
    const differences = zooms(randomZoom([-0.5, -0.1], [-0.5, -0.1])).map(([across, down]) =>
      Math.abs(across! - down!),
    );
    expect(mean(differences)).toBeGreaterThan(0.05);
  });
});

test("a seed of one's own draws other numbers", () => {
  const draw = (seed?: number): number[][] =>
    run(randomBrightness(1, { seed, valueRange: [-9, 9] }), [0], [1, 1, 1], 3);
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw()).toEqual(draw(0));
});

describe("outside of training", () => {
  test("nothing changes", () => {
    const image = [1, 2, 3, 4, 5, 6];
    const layers = [
      randomFlip(),
      randomRotation(0.5),
      randomZoom(0.5),
      randomTranslation(0.5, 0.5),
      randomContrast(0.5),
      randomBrightness(0.5, { valueRange: [2, 3] }),
      randomCrop(2, 3),
      randomShear(0.5, 0.5),
      randomErasing([1, 1]),
    ];
    for (const layer of layers) expect(run(layer, image, [2, 3, 1], 1, false)).toEqual([image]);
  });

  test("a crop is the largest part about the middle of its aspect ratio, resized", () => {
    const image = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(run(randomCrop(2, 2), image, [2, 4, 1], 1, false)).toEqual([[1, 2, 5, 6]]);
    expect(run(randomCrop(1, 1), image, [2, 4, 1], 1, false)).toEqual([[3.5]]);
  });
});

test("Keras writes the shear 0.3 as [−0.3, 0.3], which it refuses to read: files of ours hold the number", () => {
  const layer = layerFromConfig("RandomShear", { x_factor: [-0.3, 0.3], y_factor: [0.1, 0.2] });
  expect(layer.getConfig()).toMatchObject({ x_factor: 0.3, y_factor: [0.1, 0.2] });
});

test("errors", () => {
  expect(() => randomFlip("both" as "vertical")).toThrow(/unknown mode of RandomFlip "both"/);
  expect(() => randomRotation(1.5)).toThrow(/factor of RandomRotation must be a number from -1 to 1.*1.5 came/);
  expect(() => randomRotation([2, 3])).toThrow(/\[2,3\] came/);
  expect(() => randomRotation(0.1, { fillMode: "mirror" as "wrap" })).toThrow(/unknown fillMode of RandomRotation/);
  expect(() => randomRotation(0.1, { interpolation: "bicubic" as "nearest" })).toThrow(/unknown interpolation/);
  expect(() => randomRotation(0.1, { fillValue: NaN })).toThrow(/fillValue of RandomRotation must be a number/);
  expect(() => randomZoom(-1)).toThrow(/heightFactor of RandomZoom must lie above −1, up to 1; -1 came/);
  expect(() => randomZoom(0.1, [0, 1.5])).toThrow(/widthFactor of RandomZoom/);
  expect(() => randomTranslation([-1.5, 0], 0)).toThrow(/heightFactor of RandomTranslation must lie from −1 to 1/);
  expect(() => randomShear(1.5)).toThrow(/xFactor of RandomShear must be a number from 0 to 1.*1.5 came/);
  expect(() => randomShear(0, [-0.5, 0.2])).toThrow(/yFactor of RandomShear.*\[-0.5,0.2\] came/);
  expect(() => randomErasing(2)).toThrow(/factor of RandomErasing must be a number from 0 to 1/);
  expect(() => randomErasing(1, { scale: [-0.5, 0.5] })).toThrow(/scale of RandomErasing must lie from 0 to 1/);
  expect(() => randomErasing(1, { fillValue: [1, 2] as unknown as [1, 2, 3] })).toThrow(
    /fillValue of RandomErasing.*\[1,2\]/,
  );
  expect(() => randomContrast(-0.5)).toThrow(/factor of RandomContrast must be a number from 0 to 1/);
  expect(() => randomBrightness(0.1, { valueRange: [0] as unknown as [0, 1] })).toThrow(/valueRange.*\[0\] came/);
  expect(() => randomCrop(0, 2)).toThrow(/height of RandomCrop/);
  expect(() => randomFlip("vertical", { seed: -1 })).toThrow(/seed of RandomFlip/);
  expect(() => randomFlip()(input([8, 8]))).toThrow(/needs images \[height, width, channels\], not \[8, 8\]/);
  const first = { factor: 0.1, data_format: "channels_first" };
  expect(() => layerFromConfig("RandomRotation", first)).toThrow(/"data_format".*channels_last/);
});
