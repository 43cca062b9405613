import { describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { perSample } from "../graph/tensor-type.ts";
import { mul } from "./binary.ts";
import { inputNode } from "./leaf.ts";
import { randomNormal, randomUniform } from "./random.ts";
import { sum, sumSamples } from "./sum.ts";
import { checkKernel } from "./testing/check-kernel.ts";
import { interpret } from "./testing/interpret.ts";
import { runKernels } from "./testing/run-kernels.ts";
import type { KernelRunOptions } from "./testing/run-kernels.ts";

function draw(node: Node, options: KernelRunOptions): number[][] {
  return (runKernels([node], new Map(), options)[0] as Float64Array[]).map((row) => [...row]);
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return { mean, variance: values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length };
}

describe.each(Object.entries({ randomUniform, randomNormal }))("%s", (_, random) => {
  test.each([[[4]], [[3]], [[1]], [[]], [[2, 3, 1]], [[5, 5, 3]]])("kernel, shape [%s]", (shape) => {
    checkKernel([], () => random(shape, { stream: 3 }), { step: 7, randomSeed: 123456789 });
    checkKernel([], () => random(shape, { stream: 2 ** 32 - 1, seed: 2 ** 31 }), { step: -1 });
    expect(random(shape, { stream: 0 }).type).toEqual(perSample(shape));
  });

  test("a sample's numbers do not depend on the batch around it, nor on the lanes", () => {
    const node = random([6], { stream: 0 });
    const all = draw(node, { batch: 40, vectors: 4, step: 2, seed: 5 });
    expect(draw(node, { batch: 7, vectors: 1, step: 2, seed: 5 })).toEqual(all.slice(0, 7));
    expect(draw(node, { batch: 25, vectors: 3, step: 2, seed: 5 })).toEqual(all.slice(0, 25));
  });

  test("seed, step, sample, stream and the op's own seed each give other numbers", () => {
    const plain = random([8], { stream: 0 });
    const rows = [
      ...draw(plain, { batch: 2 }),
      ...draw(plain, { batch: 1, step: 1 }),
      ...draw(plain, { batch: 1, seed: 1 }),
      ...draw(random([8], { stream: 1 }), { batch: 1 }),
      ...draw(random([8], { stream: 0, seed: 1 }), { batch: 1 }),
    ];
    const numbers = rows.flat();
    expect(new Set(numbers).size).toBe(6 * 8);
    expect(draw(plain, { batch: 2 })).toEqual(rows.slice(0, 2));
  });

  test("has no slope: the gradient of a product with it is the numbers themselves", () => {
    const x = inputNode("x", [5]);
    const noise = random([5], { stream: 0 });
    const [slope] = gradients(sumSamples(sum(mul(x, noise))), [x]);
    const feeds = new Map([[x, [new Float64Array(5), new Float64Array(5)]]]);
    expect(interpret([slope!], feeds, { batch: 2 })).toEqual(interpret([noise], feeds, { batch: 2 }));
  });

  test("streams and seeds that are no 32-bit numbers", () => {
    expect(() => random([2], { stream: -1 })).toThrow(/the stream is -1, and must be a whole number/);
    expect(() => random([2], { stream: 0, seed: 1.5 })).toThrow(GraphError);
  });
});

test("uniform numbers lie in [0, 1) and have the moments of their distribution", () => {
  const values = draw(randomUniform([1000], { stream: 0 }), { batch: 40, seed: 1 }).flat();
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  const { mean, variance } = moments(values);
  // Five standard errors of 40,000 numbers.
  expect(Math.abs(mean - 1 / 2)).toBeLessThan((5 * Math.sqrt(1 / 12)) / 200);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan((5 * Math.sqrt(1 / 180)) / 200);
});

test("normal numbers have the moments and the tails of their distribution", () => {
  const values = draw(randomNormal([1000], { stream: 0 }), { batch: 40, seed: 1 }).flat();
  const { mean, variance } = moments(values);
  expect(Math.abs(mean)).toBeLessThan(5 / 200);
  expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / 200);
  const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
  expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan((5 * Math.sqrt(0.0455 * 0.9545)) / 200);
});
