/** What each kind makes of images, by values. */
import { beforeEach, describe, expect, test } from "vitest";
import { inputNode } from "../../ops/leaf.ts";
import { dense, flatten } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { lowerContext } from "../layers/lower-context.ts";
import { sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { RandomBits } from "../random/random-bits.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { useDefaultDevice } from "../testing/default-device.ts";
import { evaluate } from "../testing/evaluate.ts";
import { augmentation, augmentationKinds } from "./index.ts";
import type { AugmentationLike } from "./index.ts";

useDefaultDevice(2);
beforeEach(() => {
  resetNames();
  setRandomSeed(1);
});

interface Draw {
  readonly count?: number;
  readonly seed?: number;
  readonly step?: number;
  readonly range?: readonly [number, number];
}

/** What becomes of an image, as so many samples of a batch. */
function augment(
  given: AugmentationLike,
  image: readonly number[],
  shape: readonly number[],
  { count = 1, seed = 5, step = 0, range = [0, 1] }: Draw = {},
): number[][] {
  const x = inputNode("x", shape);
  const node = augmentation(given).apply(lowerContext({ training: true }), x, range);
  expect(node.type.shape).toEqual(shape);
  const samples = Array.from({ length: count }, () => Float64Array.from(image));
  const [values] = evaluate([node], new Map([[x, samples]]), count, { seed, step });
  return Array.from({ length: count }, (_, i) => values!.slice(i * image.length, (i + 1) * image.length));
}

const bits = new RandomBits(2);
const SHAPE = [9, 8, 1];
const photo = Array.from({ length: 72 }, (_, i) => bits.fraction(i));
const white = Array.from({ length: 64 }, () => 1);
const names = Object.keys(augmentationKinds).filter((name) => name !== "mixup");

describe.each(names)("%s", (name) => {
  test("keeps the shape and the range, and draws by seed, step and sample", () => {
    const [first, ...others] = augment(name, photo, SHAPE, { count: 12 });
    expect(Math.min(...first!, ...others.flat())).toBeGreaterThanOrEqual(0);
    expect(Math.max(...first!, ...others.flat())).toBeLessThanOrEqual(1);
    expect(others.some((other) => String(other) !== String(first))).toBe(true);
    const again = augment(name, photo, SHAPE, { count: 12 });
    expect(again).toEqual([first, ...others]);
    expect(augment(name, photo, SHAPE, { count: 12, step: 1 })).not.toEqual(again);
    expect(augment(name, photo, SHAPE, { count: 12, seed: 6 })).not.toEqual(again);
  });

  test("takes colours", () => {
    const colours = Array.from({ length: 5 * 4 * 3 }, (_, i) => bits.fraction(100 + i));
    const [seen] = augment(name, colours, [5, 4, 3]);
    expect(seen!.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

test.each(names.filter((name) => name !== "flip"))("%s changes nothing where the amount is 0", (name) => {
  expect(augment(`${name}=0`, photo, SHAPE)).toEqual([photo]);
});

describe("values", () => {
  const image = [1, 2, 3, 4];
  const distinct = (given: AugmentationLike): string[] => [
    ...new Set(augment(given, image, [2, 2, 1], { count: 60, range: [0, 9] }).map(String)),
  ];

  test("flips go along one axis, or along each of both by itself", () => {
    expect(distinct("flip").toSorted()).toEqual(["1,2,3,4", "2,1,4,3"]);
    expect(distinct("flip=vertical").toSorted()).toEqual(["1,2,3,4", "3,4,1,2"]);
    expect(distinct("flip=both").toSorted()).toEqual(["1,2,3,4", "2,1,4,3", "3,4,1,2", "4,3,2,1"]);
  });

  test("shifts go up to their share of the side", () => {
    // Of a ramp, the middle tells how far: here up to 2 of 8 pixels, which cannot be told at the edges.
    const ramp = Array.from({ length: 64 }, (_, i) => i % 8);
    const shifts = augment("shift=0.25", ramp, [8, 8, 1], { count: 200, range: [0, 9] }).map(
      (values) => 4 - values[36]!,
    );
    expect(Math.max(...shifts.map(Math.abs))).toBeLessThanOrEqual(2.0001);
    expect(Math.max(...shifts)).toBeGreaterThan(1.8);
    expect(Math.min(...shifts)).toBeLessThan(-1.8);
  });

  test("rotations go up to their degrees in either direction", () => {
    // About the centre of a ramp x, the slope along x is cos θ and that along y is −sin θ.
    const ramp = Array.from({ length: 81 }, (_, i) => i % 9);
    const angles = augment("rotate=30", ramp, [9, 9, 1], { count: 200, range: [0, 9] }).map(
      (values) => (Math.atan2(values[49]! - values[31]!, values[41]! - values[39]!) * 180) / Math.PI,
    );
    expect(Math.max(...angles)).toBeLessThanOrEqual(30.01);
    expect(Math.max(...angles)).toBeGreaterThan(27);
    expect(Math.min(...angles)).toBeLessThan(-27);
  });

  test("a crop shows a part of the shortened sides in full size", () => {
    const ramp = Array.from({ length: 64 }, (_, i) => i % 8);
    const crops = augment("crop=0.5", ramp, [8, 8, 1], { count: 60, range: [0, 9] });
    // 4 of 8 columns that begin with 0 to 4; in twice the size, neighbours in the middle differ by a half.
    expect(new Set(crops.map((values) => values[0]))).toEqual(new Set([0, 1, 2, 3, 4]));
    for (const values of crops) expect(values[4]! - values[3]!).toBeCloseTo(0.5, 5);
  });

  test("cutout takes a part of its share of each side, and puts 0 there", () => {
    for (const values of augment("cutout=0.5", white, [8, 8, 1], { count: 20 })) {
      expect(values.filter((value) => value === 0).length).toBe(16);
      expect(values.filter((value) => value === 1).length).toBe(48);
    }
    const [negative] = augment(
      "cutout=0.5",
      white.map((value) => -value),
      [8, 8, 1],
      { range: [-1, -0.5] },
    );
    expect(Math.max(...negative!)).toBe(-0.5);
  });

  test("noise has its deviation, and is clipped to the range", () => {
    const grey = white.map(() => 0.5);
    const seen = augment("noise=0.1", grey, [64], { count: 200 }).flat();
    const deviation = Math.sqrt(seen.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / seen.length);
    // Four standard deviations of the estimate: 0.1 / √(2 · 12800)
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.0026);
    expect(Math.max(...augment("noise=0.5", white, [64]).flat())).toBe(1);
    expect(Math.max(...augment("noise=0.5", white, [64], { range: [-1, 3] }).flat())).toBeGreaterThan(1);
  });

  test("brightness and contrast change by their share of the range of values", () => {
    const [dark, light] = [0.25, 0.75];
    const stripes = white.map((_, i) => (i % 2 === 0 ? dark : light));
    const changes = augment("brightness=0.2", stripes, [8, 8, 1], { count: 100 }).map(([value]) => value! - dark);
    expect(Math.max(...changes.map(Math.abs))).toBeLessThanOrEqual(0.2001);
    expect(Math.min(...changes)).toBeLessThan(-0.15);
    const contrasts = augment("contrast=0.5", stripes, [8, 8, 1], { count: 100 }).map(([a, b]) => (b! - a!) / 0.5);
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(0.4999);
    expect(Math.min(...contrasts)).toBeLessThan(0.6);
    expect(Math.max(...contrasts)).toBeGreaterThan(1.4);
  });
});

describe("several transforms", () => {
  const together = "rotate=20, shear=0.2, zoom=0.2, shift=0.1";

  test("read an image once, where they would read it one after the other", () => {
    // A ramp is the same whether it is interpolated once or often, away from the edges.
    const side = 33;
    const shape = [side, side, 1];
    const ramp = Array.from(
      { length: side * side },
      (_, i) => (3 * (i % side) + 2 * Math.floor(i / side)) / (5 * side),
    );
    const x = inputNode("x", shape);
    const context = lowerContext({ training: true });
    const inTurn = augmentation(together)
      .layers({ shape, valueRange: [0, 1] })
      .reduce((node, layer) => layer.lowerCall(context, [node])[0]!, x);
    const samples = Array.from({ length: 5 }, () => Float64Array.from(ramp));
    const expected = evaluate([inTurn], new Map([[x, samples]]), 5, { seed: 5 })[0]!;
    const actual = augment(together, ramp, shape, { count: 5 }).flat();
    let compared = 0;
    for (let sample = 0; sample < 5; sample++) {
      for (let row = 14; row < 19; row++) {
        for (let column = 14; column < 19; column++) {
          const place = (sample * side + row) * side + column;
          expect(actual[place], `place ${row}, ${column} of sample ${sample}`).toBeCloseTo(expected[place]!, 5);
          compared++;
        }
      }
    }
    expect(compared).toBe(125);
  });

  test("keep lines that interpolating in turn would blur", () => {
    const side = 33;
    const shape = [side, side, 1];
    const lines = Array.from({ length: side * side }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const x = inputNode("x", shape);
    const context = lowerContext({ training: true });
    const inTurn = augmentation(together)
      .layers({ shape, valueRange: [0, 1] })
      .reduce((node, layer) => layer.lowerCall(context, [node])[0]!, x);
    const spread = (values: readonly number[]): number => {
      const average = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
    };
    const blurred = evaluate([inTurn], new Map([[x, [Float64Array.from(lines)]]]), 1, { seed: 5 })[0]!;
    expect(spread(augment(together, lines, shape).flat())).toBeGreaterThan(1.5 * spread(blurred));
  });
});

describe("layers", () => {
  test("begin a classifier, which they change in training alone", async () => {
    const shape = [6, 6, 1];
    const layers = augmentation("flip=both, rotate, crop, noise, cutout").layers({ shape, valueRange: [0, 1] });
    expect(layers.map(({ name }) => name)).toEqual([
      "crop",
      "crop_resize",
      "flip_horizontal",
      "flip_vertical",
      "rotate",
      "noise",
      "cutout",
    ]);
    const classifier = sequential([input(shape), ...layers, flatten(), dense(2, { activation: "softmax" })]);
    classifier.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    const x = Float32Array.from({ length: 36 * 20 }, (_, i) => bits.fraction(300 + i));
    const y = Float32Array.from({ length: 20 }, (_, i) => i % 2);
    const { history } = await classifier.fit(x, y, { epochs: 2 });
    expect(history["loss"]!.every(Number.isFinite)).toBe(true);
    expect(await classifier.predict(x)).toEqual(await classifier.predict(x));
    await classifier.dispose();
  });
});

test("samples that are no images take noise and mixtures alone", () => {
  expect(augment("noise, mixup", [1, 0, 1], [3])[0]).toHaveLength(3);
  for (const given of ["flip, noise", "cutout"]) {
    expect(() => augment(given, [1, 0, 1], [3])).toThrow(
      /changes images \[height, width, channels\].*\[3\] came.*"noise"/,
    );
  }
  expect(() => augmentation("zoom").layers({ shape: [8, 8], valueRange: [0, 1] })).toThrow('"zoom" changes images');
});

describe("samples with targets", () => {
  /** What becomes of images and of their targets, as so many samples of a batch. */
  function augmentPairs(given: AugmentationLike, image: readonly number[], target: readonly number[]): number[][][] {
    const [x, y] = [inputNode("x", SHAPE), inputNode("y", SHAPE)];
    const nodes = augmentation(given).applyToPair(lowerContext({ training: true }), [x, y], [0, 1]);
    const copies = 12;
    const fed = new Map([
      [x, Array.from({ length: copies }, () => Float64Array.from(image))],
      [y, Array.from({ length: copies }, () => Float64Array.from(target))],
    ]);
    const sides = evaluate([...nodes], fed, copies, { seed: 5, step: 0 });
    return sides.map((values) => Array.from({ length: copies }, (_, i) => values.slice(i * 72, (i + 1) * 72)));
  }

  const moving = names.filter((name) => augmentationKinds[name as keyof typeof augmentationKinds].movesPixels);
  const negative = photo.map((value) => 1 - value);

  test.each(moving)("%s moves the pixels of both alike", (name) => {
    const [samples, same] = augmentPairs(name, photo, photo) as [number[][], number[][]];
    expect(same).toEqual(samples);
    expect(samples).not.toEqual(samples.map(() => photo));
    // A transform that sees another image makes the same of it: what it gives is linear in the image.
    const [, targets] = augmentPairs(name, photo, negative) as [number[][], number[][]];
    for (const [i, target] of targets.entries()) {
      for (const [j, value] of target.entries()) expect(value).toBeCloseTo(1 - (samples[i]?.[j] ?? Number.NaN), 6);
    }
  });

  test.each(names.filter((name) => !moving.includes(name)))("%s leaves targets as they are", (name) => {
    const [samples, targets] = augmentPairs(name, photo, negative) as [number[][], number[][]];
    expect(targets).toEqual(targets.map(() => negative));
    expect(samples).not.toEqual(samples.map(() => photo));
  });

  test("what moves is drawn once for both, and values change on top of it", () => {
    const [samples, targets] = augmentPairs("flip, rotate=40, noise", photo, photo) as [number[][], number[][]];
    const difference = samples.flatMap((sample, i) => sample.map((value, j) => value - (targets[i]?.[j] ?? 0)));
    const deviation = Math.sqrt(difference.reduce((sum, value) => sum + value ** 2, 0) / difference.length);
    // The noise's own deviation, a little less where values were clipped.
    expect(deviation).toBeGreaterThan(0.03);
    expect(deviation).toBeLessThan(0.055);
  });
});
