import { expect, test } from "vitest";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { square, mul } from "../../ops/elementwise.ts";
import { inputNode, parameterNode } from "../../ops/leaf.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import { slopePenalty } from "./slope-penalty.ts";

test("is (‖∇D‖ − 1)² at a mixture, and has a slope itself: D(x) = Σ w x²", () => {
  const [real, generated, part] = [inputNode("real", [2]), inputNode("generated", [2]), inputNode("part", [])];
  const w = parameterNode("w", [2]);
  const penalty = slopePenalty((x) => sum(mul(w, square(x))), { real, generated }, part);
  const slope = gradients(sumSamples(penalty), [w])[0]!;
  const feeds = new Map<Node, Float64Array | Float64Array[]>([
    [w, Float64Array.of(0.5, 0.25)],
    [real, [Float64Array.of(4, 8), Float64Array.of(0, 2)]],
    [generated, [Float64Array.of(0, 8), Float64Array.of(5, 2)]],
    [part, [Float64Array.of(0.75), Float64Array.of(1)]],
  ]);
  const [values, ofWeights] = interpret([penalty, slope], feeds, { batch: 2 }) as [Float64Array[], Float64Array];
  // The mixtures are [3, 8] and [0, 2]; their slopes 2wx, [3, 4] and [0, 1], are 5 and 1 long.
  expect(values[0]![0]).toBeCloseTo(16, 10);
  expect(values[1]![0]).toBeCloseTo(0, 10);
  // 2(‖g‖ − 1) · g / ‖g‖ · 2x: 8 · [3, 4] / 5 · [6, 16]
  expect(ofWeights[0]).toBeCloseTo(28.8, 8);
  expect(ofWeights[1]).toBeCloseTo(102.4, 8);
});

test("stays finite where the discriminator is flat", () => {
  const [real, generated, part] = [inputNode("real", [2]), inputNode("generated", [2]), inputNode("part", [])];
  const w = parameterNode("w", [2]);
  const penalty = slopePenalty((x) => sum(mul(w, x)), { real, generated }, part);
  const slope = gradients(sumSamples(penalty), [w])[0]!;
  const feeds = new Map<Node, Float64Array | Float64Array[]>([
    [w, Float64Array.of(0, 0)],
    [real, [Float64Array.of(1, 2)]],
    [generated, [Float64Array.of(3, 4)]],
    [part, [Float64Array.of(0.5)]],
  ]);
  const [values, ofWeights] = interpret([penalty, slope], feeds, { batch: 1 }) as [Float64Array[], Float64Array];
  expect(values[0]![0]).toBeCloseTo(1, 5);
  expect([...ofWeights].every(Number.isFinite)).toBe(true);
});
