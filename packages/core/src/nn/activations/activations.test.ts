import { describe, expect, test } from "vitest";
import type { ActivationSamples } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { gradients } from "../../autodiff/gradient.ts";
import type { Node } from "../../graph/node.ts";
import { mul } from "../../ops/elementwise.ts";
import { inputNode } from "../../ops/leaf.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { constantsOf } from "../constant-tensor.ts";
import { evaluate, largestError, samplesOf } from "../testing/evaluate.ts";
import { celu, elu, hardShrink, leakyRelu, relu, softShrink, squareplus, threshold } from "./rectifiers.ts";
import { getActivation } from "./registry.ts";
import { gelu } from "./sigmoids.ts";

const fixture = readFixture("activations");
type Arguments = Readonly<Record<string, number | boolean>>;

/** The activations that take arguments, by the arguments that Keras calls so. */
const WITH_ARGUMENTS: Readonly<Record<string, (x: Node, a: Readonly<Record<string, number>>) => Node>> = {
  relu: (x, a) =>
    relu(x, { negativeSlope: a["negative_slope"]!, maxValue: a["max_value"]!, threshold: a["threshold"]! }),
  leaky_relu: (x, a) => leakyRelu(x, { negativeSlope: a["negative_slope"]! }),
  elu: (x, a) => elu(x, { alpha: a["alpha"]! }),
  celu: (x, a) => celu(x, { alpha: a["alpha"]! }),
  gelu: (x) => gelu(x, { approximate: true }),
  soft_shrink: (x, a) => softShrink(x, { threshold: a["threshold"]! }),
  hard_shrink: (x, a) => hardShrink(x, { threshold: a["threshold"]! }),
  threshold: (x, a) => threshold(x, a["threshold"]!, a["default_value"]!),
  squareplus: (x, a) => squareplus(x, { b: a["b"]! }),
};

function build(name: string, given: Arguments, x: Node): Node {
  if (Object.keys(given).length === 0) return getActivation(name).apply(x);
  return WITH_ARGUMENTS[name]!(x, given as Readonly<Record<string, number>>);
}

/**
 * Keras computes in float32: an expression of x carries rounding errors of x's own size, and ends at infinity.
 * Two units in the last place of the largest of x, the result and 1 are 2.4e-7 of it; the longest formula takes ten times that.
 */
function expectClose(actual: readonly number[], expected: Float32Array, x: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  const far = actual.flatMap((value, index) => {
    const [a, e, at] = [Math.fround(value), expected[index]!, x[index]!];
    const close = a === e || Math.abs(a - e) <= 2.5e-6 * Math.max(1, Math.abs(e), Math.abs(at));
    return close ? [] : [{ x: at, actual: a, expected: e }];
  });
  expect(far).toEqual([]);
}

function check(name: string, given: Arguments, samples: ActivationSamples): void {
  const x = decodeArray(samples.x);
  const input = inputNode("x", x.shape);
  const output = build(name, given, input);
  const [slope] = gradients(sumSamples(sum(output)), [input]);
  const [values, slopes] = evaluate([output, slope!], new Map([[input, [Float64Array.from(x.data)]]]), 1);
  expectClose(values!, decodeArray(samples.y).data, x.data);
  expectClose(slopes!, decodeArray(samples.derivative).data, x.data);
}

describe.each(fixture.elementwise.map((entry) => [`${entry.name} ${JSON.stringify(entry.arguments)}`, entry] as const))(
  "%s",
  (_, entry) => {
    test("follows Keras", () => check(entry.name, entry.arguments, entry.ordinary));
    test("has TensorFlow's slope at kinks", () => check(entry.name, entry.arguments, entry.kinks));
    test("survives extreme inputs", () => check(entry.name, entry.arguments, entry.extremes));
  },
);

test.each(fixture.acrossFeatures.map((entry) => [entry.name, entry.input.shape, entry] as const))(
  "%s of shape %j follows Keras, gradient included",
  (name, shape, entry) => {
    const input = inputNode("x", shape.slice(1));
    const output = getActivation(name).apply(input);
    const cotangent = inputNode("cotangent", output.type.shape);
    const [gradient] = gradients(sumSamples(sum(mul(output, cotangent))), [input]);
    const feeds = new Map<Node, TensorValue>([
      [input, samplesOf(decodeArray(entry.input))],
      [cotangent, samplesOf(decodeArray(entry.cotangent))],
      ...constantsOf([output]).map(([node, values]) => [node, Float64Array.from(values)] as const),
    ]);
    const [values, slopes] = evaluate([output, gradient!], feeds, shape[0]!);
    expect(largestError(values!, decodeArray(entry.output).data, 1)).toBeLessThan(1e-6);
    expect(largestError(slopes!, decodeArray(entry.gradient).data, 1)).toBeLessThan(1e-6);
  },
);

describe("getActivation", () => {
  test("understands Keras's aliases, camelCase, and nothing at all", () => {
    expect(getActivation("swish").name).toBe("silu");
    expect(getActivation("leakyRelu").name).toBe("leaky_relu");
    expect(getActivation(undefined).name).toBe("linear");
    const own = { name: "own", apply: (x: Node) => x };
    expect(getActivation(own)).toBe(own);
  });

  test("says why an activation of Keras is missing", () => {
    expect(() => getActivation("threshold")).toThrow('"threshold" is not available: it has no default arguments');
  });

  test("gated linear units need an axis with halves", () => {
    expect(() => getActivation("glu").apply(inputNode("x", [2, 3]))).toThrow("glu halves the last axis, whose size must be even; [2, 3] came"); // prettier-ignore
  });

  test("suggests the nearest name", () => {
    expect(() => getActivation("sigmiod")).toThrow(
      'unknown activation "sigmiod"; did you mean "sigmoid"? Known: relu,',
    );
  });
});
