import { describe, expect, it } from "vitest";
import { apply } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import { add, mul, relu, square } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { checkGradient } from "../ops/testing/check-gradient.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import { gradients } from "./gradient.ts";

describe("gradients", () => {
  it("adds up all ways from a variable to the loss", () => {
    // y = x·w + relu(w)·w, so that w is used three times
    checkGradient([perSample([3]), shared([3])], (x, w) => add(mul(x, w), mul(relu(w), w)));
  });

  it("is itself differentiable: d²(w³)/dw² = 6w", () => {
    const w = parameterNode("w", [2]);
    const [first] = gradients(sum(mul(square(w), w)), [w]);
    const [second] = gradients(sum(first!), [w]);
    const [value] = interpret([second!], new Map([[w, Float64Array.of(1, -2)]]), { batch: 1 });
    expect(value).toEqual(Float64Array.of(6, -12));
  });

  it("sums over samples for shared variables only", () => {
    const x = inputNode("x", [2]);
    const w = parameterNode("w", [2]);
    const [dx, dw] = gradients(sumSamples(sum(mul(x, w))), [x, w]);
    expect(dx!.type).toEqual(perSample([2]));
    expect(dw!.type).toEqual(shared([2]));
  });

  it("names a loss that is no number, and a variable that it does not depend on", () => {
    const x = inputNode("x", [2]);
    const [w, unused] = [parameterNode("w", [2]), parameterNode("unused", [2])];
    expect(() => gradients(mul(x, w), [w])).toThrow(/shared scalar, and the loss is \[2\] per sample/);
    expect(() => gradients(sum(w), [unused])).toThrow(/does not depend on unused/);
  });

  it("refuses to go through an op that forbids it, and stops where a slope is zero", () => {
    const w = parameterNode("w", [2]);
    const definition: Op<null> = {
      name: "opaque",
      infer: ([type]) => type!,
      grad: "forbidden",
      kernel: { kind: "view" },
      reference: ({ inputs }) => inputs[0]!,
      onnx: { unsupported: "a test's" },
    };
    expect(() => gradients(sum(apply(definition, [w], null)), [w])).toThrow(/opaque cannot be differentiated/);
    expect(() => gradients(sum(apply({ ...definition, grad: "zero" }, [w], null)), [w])).toThrow(
      /does not depend on w/,
    );
  });
});
