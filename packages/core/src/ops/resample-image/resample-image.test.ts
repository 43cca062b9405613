import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import type { FixtureArray } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { perSample, shared, sizeOf } from "../../graph/tensor-type.ts";
import { add, mul } from "../binary.ts";
import { concatenate } from "../concatenate.ts";
import { constant, inputNode, parameterNode } from "../leaf.ts";
import { randomUniform } from "../random.ts";
import { reshape } from "../shape.ts";
import { sum, sumSamples } from "../sum.ts";
import { checkGradient } from "../testing/check-gradient.ts";
import { checkKernel, expectClose } from "../testing/check-kernel.ts";
import { interpret } from "../testing/interpret.ts";
import { printOnnx } from "../testing/print-onnx.ts";
import { runKernels } from "../testing/run-kernels.ts";
import { square } from "../unary.ts";
import { resampleImage } from "./resample-image.ts";
import type { FillMode, Interpolation, ResampleImageOptions } from "./options.ts";

const interpolations: readonly Interpolation[] = ["nearest", "bilinear"];
const fillModes: readonly FillMode[] = ["constant", "nearest", "reflect", "wrap"];
const settings = interpolations.flatMap((interpolation) =>
  fillModes.map((fillMode) => ({ interpolation, fillMode, fillValue: fillMode === "constant" ? 0.5 : 0 })),
);

function numbers(...list: readonly number[]): Node {
  return concatenate(
    list.map((number) => reshape(constant(number), [1])),
    0,
  );
}

/** A transform for each sample that reads inside of small images and around them: turned, zoomed, moved, in perspective. */
function randomTransform(): Node {
  const scale = numbers(1.5, 1, 6, 1, 1.5, 6, 0.03, 0.03);
  const offset = numbers(0.25, -0.5, -3, -0.5, 0.25, -3, 0, 0);
  return add(mul(randomUniform([8], { stream: 4 }), scale), offset);
}

const turned = numbers(0.8, -0.55, 1.37, 0.6, 0.75, -0.4, 0.02, -0.01);

describe.each(settings)("$interpolation, $fillMode", (options) => {
  test.each([
    { shape: [5, 4, 1], outputSize: undefined },
    { shape: [3, 7, 3], outputSize: [4, 5] },
    { shape: [1, 4, 2], outputSize: [3, 3] },
  ] as const)("images [$shape] to $outputSize", ({ shape, outputSize }) => {
    const all: ResampleImageOptions = outputSize === undefined ? options : { ...options, outputSize };
    // Coordinates of up to 20 are off by two of their roundings, 2e-6, and with them the weights of pixels up to 2.
    const tolerance = 2e-5;
    const slope = (x: Node, transform: Node): Node =>
      gradients(sumSamples(sum(square(resampleImage(x, transform, all)))), [x])[0]!;
    for (const transform of [randomTransform(), turned]) {
      checkKernel([perSample(shape)], (x) => resampleImage(x, transform, all), { tolerance });
      checkKernel([perSample(shape)], (x) => slope(x, transform), { tolerance: 10 * tolerance });
      checkGradient([perSample(shape)], (x) => square(resampleImage(x, transform, all)));
    }
    checkGradient([perSample(shape)], (x) => mul(x, slope(x, turned)));
  });
});

describe("as Keras does", () => {
  const { cases } = readFixture("resampling");

  test.each(
    cases.map((each) => [`${each.interpolation} ${each.fillMode} [${each.image.shape.join(", ")}]`, each] as const),
  )("%s", (_, { image, transform, output, ...options }) => {
    const [images, transforms, expected] = [image, transform, output].map(decodeArray) as [
      FixtureArray,
      FixtureArray,
      FixtureArray,
    ];
    const [x, t] = [inputNode("x", images.shape.slice(1)), inputNode("t", [8])];
    const feeds = new Map([
      [x, rows(images)],
      [t, rows(transforms)],
    ]);
    const y = resampleImage(x, t, options);
    // Both compute in float32: coordinates are off by some 1e-6, pixels reach 3.
    const [actual] = runKernels([y], feeds, { batch: images.shape[0]! });
    expectClose(actual!, rows(expected), 1e-5);
  });

  test("the nearest pixel to a half is the one further from zero, also just below a half", () => {
    const x = inputNode("x", [1, 4, 1]);
    const t = inputNode("t", [8]);
    const y = resampleImage(x, t, { interpolation: "nearest", fillValue: 9 });
    const below = 0.5 - 2 ** -25;
    const feeds = new Map([
      [x, Array.from({ length: 3 }, () => Float64Array.of(1, 2, 3, 4))],
      [t, [0.5, -0.5, below].map((shift) => Float64Array.of(1, 0, shift, 0, 1, 0, 0, 0))],
    ]);
    expect(runKernels([y], feeds, { batch: 3 })).toEqual([
      [Float64Array.of(2, 3, 4, 9), Float64Array.of(9, 2, 3, 4), Float64Array.of(1, 3, 4, 9)],
    ]);
  });
});

test("no transform reaches beyond the image: infinite coordinates and NaN", () => {
  const x = inputNode("x", [2, 2, 1]);
  const t = inputNode("t", [8]);
  const bad = [NaN, Infinity, -Infinity, 3e38].map((value) => new Float64Array(8).fill(value));
  const feeds = new Map([
    [x, bad.map(() => Float64Array.of(1, 2, 3, 4))],
    [t, bad],
  ]);
  for (const options of settings) {
    const y = resampleImage(x, t, options);
    const slope = gradients(sumSamples(sum(y)), [x])[0]!;
    expect(() => runKernels([y, slope], feeds, { batch: bad.length })).not.toThrow();
  }
});

test("the gradient flows to the image only", () => {
  const [x, t] = [inputNode("x", [2, 2, 1]), parameterNode("t", [8])];
  const loss = sumSamples(sum(resampleImage(x, t)));
  expect(gradients(loss, [x])[0]!.type).toEqual(x.type);
  expect(() => gradients(loss, [t])).toThrow(/the loss does not depend on t/);
});

test("values, and their gradient, of a shift by one column", () => {
  const x = inputNode("x", [1, 3, 1]);
  const y = resampleImage(x, numbers(1, 0, 1, 0, 1, 0, 0, 0), { fillValue: 9 });
  const slope = gradients(sumSamples(sum(square(y))), [x])[0]!;
  const feeds = new Map([[x, [Float64Array.of(1, 2, 3)]]]);
  for (const run of [interpret, runKernels]) {
    expect(run([y, slope], feeds, { batch: 1 })).toEqual([[Float64Array.of(2, 3, 9)], [Float64Array.of(0, 4, 6)]]);
  }
});

test("errors", () => {
  const [x, t] = [inputNode("x", [4, 4, 1]), inputNode("t", [8])];
  expect(() => resampleImage(inputNode("x", [4, 4]), t)).toThrow(/got \[4, 4\] per sample, and needs images/);
  expect(() => resampleImage(parameterNode("w", [4, 4, 1]), t)).toThrow(/got \[4, 4, 1\] shared/);
  expect(() => resampleImage(x, inputNode("t", [6]))).toThrow(/a transform has the shape \[8\].*\[6\] per sample came/);
  expect(() => resampleImage(x, t, { outputSize: [3, 0] })).toThrow(/output size \[3, 0\] must be two whole numbers/);
  expect(() => resampleImage(x, t, { fillValue: NaN })).toThrow(GraphError);
  expect(() => printOnnx(resampleImage(x, t))).toThrow(/export the model without what augments its images/);
});

test("shared transforms from memory", () => {
  const tolerance = 2e-5;
  checkKernel([perSample([4, 5, 2]), shared([8])], (x, t) => resampleImage(x, add(mul(t, 0.2), turned)), { tolerance });
});

/** The samples of a batch-first array. */
function rows({ shape, data }: FixtureArray): Float64Array[] {
  const size = sizeOf(shape.slice(1));
  return Array.from({ length: shape[0]! }, (_, i) => Float64Array.from(data.subarray(i * size, (i + 1) * size)));
}
