import { describe, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import { adversarialLosses } from "./adversarial-losses.ts";

function valueAt(loss: (score: Node) => Node, score: number): number {
  const node = inputNode("score", []);
  const [values] = interpret([loss(node)], new Map([[node, [Float64Array.of(score)]]]), { batch: 1 });
  return (values as Float64Array[])[0]![0]!;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe("non-saturating", () => {
  const { real, generated, adversary, boundary } = adversarialLosses["non-saturating"];
  test.each([-2.5, 0, 1.25])("is the crossentropy of probabilities, for the logit %f", (logit) => {
    const p = sigmoid(logit);
    expect(valueAt((score) => real(score, 0), logit)).toBeCloseTo(-Math.log(p), 12);
    expect(valueAt((score) => real(score, 0.1), logit)).toBeCloseTo(-0.9 * Math.log(p) - 0.1 * Math.log(1 - p), 12);
    expect(valueAt(generated, logit)).toBeCloseTo(-Math.log(1 - p), 12);
    expect(valueAt(adversary, logit)).toBeCloseTo(-Math.log(p), 12);
  });

  test.each([0, 0.1, 0.3])("the boundary is where the loss of equal kinds is least, smoothing %f", (smoothing) => {
    const at = boundary(smoothing)!;
    const both = (logit: number): number =>
      valueAt((score) => real(score, smoothing), logit) + valueAt(generated, logit);
    expect(sigmoid(at)).toBeCloseTo((1 - smoothing) / 2, 12);
    expect(both(at)).toBeLessThan(Math.min(both(at - 0.01), both(at + 0.01)));
  });
});

test("least squares draws real samples to 1, or less with smoothing, and generated ones to 0", () => {
  const { real, generated, adversary, boundary } = adversarialLosses["least-squares"];
  expect(valueAt((score) => real(score, 0.25), 2)).toBeCloseTo(1.5625, 12);
  expect(valueAt(generated, 2)).toBe(4);
  expect(valueAt(adversary, -1)).toBe(4);
  expect(boundary(0.25)).toBe(0.375);
});

test("Wasserstein's is the difference of the scores, on a scale without a boundary", () => {
  const { real, generated, adversary, boundary } = adversarialLosses.wasserstein;
  expect([valueAt((score) => real(score, 0), 3), valueAt(generated, 3), valueAt(adversary, 3)]).toEqual([-3, 3, -3]);
  expect(boundary(0)).toBeUndefined();
});
