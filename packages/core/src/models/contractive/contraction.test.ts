import { describe, expect, test } from "vitest";
import { sampleGradients } from "../../autodiff/sample-gradients.ts";
import type { Node } from "../../graph/node.ts";
import { HIDDEN_ACTIVATIONS } from "../options/common-options.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import { dense } from "../../ops/dense.ts";
import { add, mul, sigmoid, tanh } from "../../ops/elementwise.ts";
import { inputNode, parameterNode } from "../../ops/leaf.ts";
import { sum } from "../../ops/reduce.ts";
import { randomNormal } from "../../ops/random.ts";
import { expectClose } from "../../ops/testing/check-kernel.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { getActivation } from "../../nn/activations/registry.ts";
import { estimatedContraction, exactContraction } from "./contraction.ts";

const [INPUTS, UNITS] = [5, 3];
const x = inputNode("x", [INPUTS]);
const kernel = parameterNode("kernel", [INPUTS, UNITS]);
const bias = parameterNode("bias", [UNITS]);
const bits = new RandomBits(8);
const values = (count: number, stream: number): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => 3 * bits.fraction(100 * stream + index) - 1.5);
const samples = [values(INPUTS, 1), values(INPUTS, 2)];
const feeds = new Map<Node, TensorValue>([
  [x, samples],
  [kernel, values(INPUTS * UNITS, 3)],
  [bias, values(UNITS, 4)],
]);

/** Σ over the code's numbers of the squared length of their gradients: the Jacobian row by row. */
function fromJacobian(code: Node): Float64Array[] {
  const selectors = Array.from({ length: UNITS }, (_, unit) => {
    const selector = inputNode(`selector ${unit}`, [UNITS]);
    return { selector, value: Float64Array.from({ length: UNITS }, (__, index) => (index === unit ? 1 : 0)) };
  });
  const rows = selectors.map(({ selector }) => sampleGradients(sum(mul(code, selector)), [x])[0]!);
  const all = new Map<Node, TensorValue>([
    ...feeds,
    ...selectors.map(({ selector, value }) => [selector, [value, value]] as const),
  ]);
  const jacobian = interpret(rows, all, { batch: 2 }) as Float64Array[][];
  return samples.map((_, sample) =>
    Float64Array.of(jacobian.reduce((total, row) => total + row[sample]!.reduce((s, slope) => s + slope ** 2, 0), 0)),
  );
}

describe("one layer", () => {
  test.each(["linear", ...HIDDEN_ACTIVATIONS])("%s: the closed form is the Jacobian's norm", (activation) => {
    const code = getActivation(activation).apply(add(dense(x, kernel), bias));
    const [exact] = interpret([exactContraction(x, { kernel, bias, activation })], feeds, { batch: 2 });
    expectClose(exact!, fromJacobian(code), 1e-12);
    expect(Math.max(...(exact as Float64Array[]).map(([value]) => value!))).toBeGreaterThan(0);
  });

  test("of a sigmoid it is equation 7: Σ (h_j (1 − h_j))² Σ W_ij²", () => {
    const [exact] = interpret([exactContraction(x, { kernel, bias, activation: "sigmoid" })], feeds, { batch: 2 });
    const [w, b] = [feeds.get(kernel) as Float64Array, feeds.get(bias) as Float64Array];
    const byHand = samples.map((sample) => {
      let total = 0;
      for (let unit = 0; unit < UNITS; unit++) {
        let [z, squares] = [b[unit]!, 0];
        for (let index = 0; index < INPUTS; index++) {
          z += sample[index]! * w[index * UNITS + unit]!;
          squares += w[index * UNITS + unit]! ** 2;
        }
        const h = 1 / (1 + Math.exp(-z));
        total += (h * (1 - h)) ** 2 * squares;
      }
      return Float64Array.of(total);
    });
    expectClose(exact!, byHand, 1e-13);
  });
});

describe("random projections", () => {
  const second = parameterNode("second", [UNITS, UNITS]);
  const all = new Map<Node, TensorValue>([...feeds, [second, values(UNITS * UNITS, 5)]]);
  const code = sigmoid(dense(tanh(add(dense(x, kernel), bias)), second));

  test("along the axes, they give the exact norm", () => {
    // Σ over unit vectors of ‖eᵀJ‖² is ‖J‖², so that the mean of three is a third of it.
    const axes = Array.from({ length: UNITS }, (_, unit) => inputNode(`axis ${unit}`, [UNITS]));
    const unitVectors = axes.map((axis, unit) => {
      const vector = Float64Array.from({ length: UNITS }, (_, index) => (index === unit ? 1 : 0));
      return [axis, [vector, vector]] as const;
    });
    const oneLayer = sigmoid(add(dense(x, kernel), bias));
    const [mean, exact] = interpret(
      [estimatedContraction(x, oneLayer, axes), exactContraction(x, { kernel, bias, activation: "sigmoid" })],
      new Map<Node, TensorValue>([...feeds, ...unitVectors]),
      { batch: 2 },
    ) as [Float64Array[], Float64Array[]];
    expectClose(
      mean.map((value) => value.map((one) => UNITS * one)),
      exact,
      1e-12,
    );
  });

  test("in random directions, their mean comes to the norm", () => {
    const numDirections = 4;
    const directions = Array.from({ length: numDirections }, (_, stream) => randomNormal([UNITS], { stream }));
    const estimate = estimatedContraction(x, code, directions);
    const selectors = Array.from({ length: UNITS }, (_, unit) => inputNode(`selector ${unit}`, [UNITS]));
    const unitVectors = selectors.map((selector, unit) => {
      const vector = Float64Array.from({ length: UNITS }, (_, index) => (index === unit ? 1 : 0));
      return [selector, [vector, vector]] as const;
    });
    const rows = selectors.map((selector) => sampleGradients(sum(mul(code, selector)), [x])[0]!);
    const jacobian = interpret(rows, new Map<Node, TensorValue>([...all, ...unitVectors]), {
      batch: 2,
    }) as Float64Array[][];
    const exact = samples.map((_, sample) =>
      jacobian.reduce((total, row) => total + row[sample]!.reduce((s, slope) => s + slope ** 2, 0), 0),
    );
    const steps = 1000;
    const sums = [0, 0];
    for (let step = 0; step < steps; step++) {
      const [found] = interpret([estimate], all, { batch: 2, step, seed: 3 }) as [Float64Array[]];
      for (const sample of [0, 1]) sums[sample]! += found[sample]![0]! / steps;
    }
    // ‖vᵀJ‖² of a matrix of rank 3 varies by at most √2 of its mean: the mean of 4,000 is good to 2.3 %, and this is more than twice that.
    for (const sample of [0, 1]) expect(Math.abs(sums[sample]! / exact[sample]! - 1)).toBeLessThan(0.05);
  });
});
