import { describe, expect, it } from "vitest";
import type { Node } from "../graph/node.ts";
import { perSample } from "../graph/tensor-type.ts";
import { dense } from "../ops/dense.ts";
import { add, div, exp, mul, square, sub, tanh } from "../ops/elementwise.ts";
import { constant, inputNode, parameterNode } from "../ops/leaf.ts";
import { mean, sum, sumSamples } from "../ops/reduce.ts";
import { stopGradient } from "../ops/stop-gradient.ts";
import { expectClose } from "../ops/testing/check-kernel.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { gradients } from "./gradient.ts";
import { sampleGradients } from "./sample-gradients.ts";

describe("sampleGradients", () => {
  it("gives every sample its own gradient: d(a·b²)/da = b², d/db = 2ab", () => {
    const [a, b] = [inputNode("a", []), inputNode("b", [])];
    const slopes = sampleGradients(mul(a, square(b)), [a, b]);
    expect(slopes.map(({ type }) => type)).toEqual([perSample([]), perSample([])]);
    const feeds = new Map([
      [a, [Float64Array.of(2), Float64Array.of(5), Float64Array.of(-1)]],
      [b, [Float64Array.of(3), Float64Array.of(1), Float64Array.of(4)]],
    ]);
    expect(interpret(slopes, feeds, { batch: 3 })).toEqual([
      [Float64Array.of(9), Float64Array.of(1), Float64Array.of(16)],
      [Float64Array.of(12), Float64Array.of(10), Float64Array.of(-8)],
    ]);
  });

  it("gives the Jacobian's projection vᵀJ: for h = tanh(xW), Σ_o v_o · (1 − h_o²) · W[i, o]", () => {
    const [x, v] = [inputNode("x", [2]), inputNode("v", [3])];
    const w = parameterNode("w", [2, 3]);
    const code = tanh(dense(x, w));
    const projection = sampleGradients(sum(mul(code, v)), [x])[0]!;
    const weights = Float64Array.of(0.5, -1, 2, 1.5, 0.25, -0.75);
    const images = [Float64Array.of(0.2, -0.4), Float64Array.of(1, 0.3)];
    const directions = [Float64Array.of(1, -1, 0.5), Float64Array.of(0, 2, 1)];
    const feeds = new Map<Node, Float64Array | Float64Array[]>([
      [w, weights],
      [x, images],
      [v, directions],
    ]);
    const expected = images.map((image, n) =>
      Float64Array.from([0, 1], (i) =>
        [0, 1, 2].reduce((total, o) => {
          const h = Math.tanh(image[0]! * weights[o]! + image[1]! * weights[3 + o]!);
          return total + directions[n]![o]! * (1 - h * h) * weights[i * 3 + o]!;
        }, 0),
      ),
    );
    expectClose(interpret([projection], feeds, { batch: 2 })[0]!, expected, 1e-14);
  });

  it("takes computed nodes for inputs, and its results can be differentiated with respect to weights", () => {
    // D(m) = Σ w·m³ of the mixture m = e·x + (1 − e)·y: ∂D/∂m = 3wm², and Σ over samples of its square has the slope 18wm⁴
    const [x, y, e] = [inputNode("x", [2]), inputNode("y", [2]), inputNode("e", [])];
    const w = parameterNode("w", [2]);
    const mixed = add(mul(e, x), mul(sub(1, e), y));
    const slope = sampleGradients(sum(mul(w, mul(mixed, square(mixed)))), [mixed])[0]!;
    const penalty = gradients(sumSamples(sum(square(slope))), [w])[0]!;
    const feeds = new Map<Node, Float64Array | Float64Array[]>([
      [w, Float64Array.of(2, -1)],
      [x, [Float64Array.of(1, 4), Float64Array.of(0, 1)]],
      [y, [Float64Array.of(3, 0), Float64Array.of(2, 3)]],
      [e, [Float64Array.of(0.5), Float64Array.of(0.25)]],
    ]);
    // The mixtures are [2, 2] and [1.5, 2.5].
    const [slopes, total] = interpret([slope, penalty], feeds, { batch: 2 });
    expect(slopes).toEqual([Float64Array.of(24, -12), Float64Array.of(13.5, -18.75)]);
    expectClose(total!, Float64Array.of(36 * (16 + 1.5 ** 4), -18 * (16 + 2.5 ** 4)), 1e-14);
  });

  it("refuses an output or an input of the wrong kind", () => {
    const [x, w] = [inputNode("x", [2]), parameterNode("w", [2])];
    expect(() => sampleGradients(mul(x, w), [x])).toThrow(/scalar per sample, and got \[2\] per sample; sum it/);
    expect(() => sampleGradients(sumSamples(sum(x)), [x])).toThrow(/got \[\] shared; give it what was summed/);
    expect(() => sampleGradients(sum(mul(x, w)), [w])).toThrow(/w is shared by all samples; sum the output/);
  });

  it("names an input that the output does not depend on", () => {
    const [x, other] = [inputNode("x", [2]), inputNode("other", [2])];
    expect(() => sampleGradients(sum(x), [other])).toThrow(/does not depend on other/);
    expect(() => sampleGradients(sum(x), [exp(other)])).toThrow(/does not depend on a result of exp, \[2\] per sample/);
  });

  it("refuses statistics of the batch, and allows those of a sample and those taken for constants", () => {
    const [x, share] = [inputNode("x", [2]), inputNode("share", [])];
    const ofBatch = sumSamples(mul(x, share));
    const output = (centre: Node): Node => sum(square(sub(x, centre)));
    expect(() => sampleGradients(output(ofBatch), [x])).toThrow(
      /inputs of all samples, through a result of sumSamples/,
    );
    expect(() => sampleGradients(div(output(constant(0)), add(sum(square(ofBatch)), 1)), [x])).toThrow(
      /sumSamples, \[2\]/,
    );
    const feeds = new Map([
      [x, [Float64Array.of(1, 3), Float64Array.of(5, 9)]],
      [share, [Float64Array.of(0.5), Float64Array.of(0.5)]],
    ]);
    const slopes = [mean(x), stopGradient(ofBatch)].map((centre) => sampleGradients(output(centre), [x])[0]!);
    // The deviations from a sample's own mean add up to 0, so that only 2(x − mean) is left; the batch's mean is [3, 6].
    expect(interpret(slopes, feeds, { batch: 2 })).toEqual([
      [Float64Array.of(-2, 2), Float64Array.of(-4, 4)],
      [Float64Array.of(-4, -6), Float64Array.of(4, 6)],
    ]);
  });
});
