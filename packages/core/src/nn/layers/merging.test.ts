/** How layers of several inputs are called, and what they refuse. Their values are in `layer-calls.test.ts`. */
import { beforeEach, describe, expect, test } from "vitest";
import { model } from "../model/functional.ts";
import { resetNames } from "../names.ts";
import { add, average, concatenate, dense, dot, maximum, minimum, multiply, subtract } from "./index.ts";
import { input } from "./input-layer.ts";

beforeEach(resetNames);

describe("both forms of Keras", () => {
  test.each([
    ["Add", add],
    ["Average", average],
    ["Maximum", maximum],
    ["Minimum", minimum],
    ["Multiply", multiply],
    ["Subtract", subtract],
    ["Concatenate", concatenate],
  ] as const)("%s is made and called, or called at once", (className, merge) => {
    const [a, b] = [input([3]), input([3])];
    const layer = merge({ name: "made" });
    const made = layer([a, b]);
    const called = merge([a, b], { name: "called" });
    expect([made.layer.className, called.layer.className]).toEqual([className, className]);
    expect([made.layer.name, called.layer.name]).toEqual(["made", "called"]);
    expect(made.layer).toBe(layer);
    expect(called.shape).toEqual(made.shape);
    expect(called.layer.calls[0]!.inputs).toEqual([a, b]);
    expect(merge([a, b]).layer.name).toBe(className.toLowerCase());
  });

  test("dot takes its axes first or after the tensors", () => {
    const [a, b] = [input([2, 4]), input([4, 3])];
    expect(dot([2, 1], { name: "made" })([a, b]).shape).toEqual([2, 3]);
    const called = dot([a, b], [2, 1], { normalize: true });
    expect(called.shape).toEqual([2, 3]);
    expect(called.layer.getConfig()).toMatchObject({ axes: [2, 1], normalize: true });
    // The last axis of both unless given, as Keras's function.
    expect(dot([a, input([5, 4])]).shape).toEqual([2, 5]);
    expect(dot(-1)([input([7]), input([7])]).shape).toEqual([1]);
  });
});

test("a layer merges as many tensors as it is given, and may be called again with more", () => {
  const tensors = [input([2]), input([2]), input([2])];
  const layer = add();
  expect(layer(tensors.slice(0, 2)).shape).toEqual([2]);
  expect(layer(tensors).shape).toEqual([2]);
  expect(layer(tensors[0]!).shape).toEqual([2]);
});

test("skip connections go through a model", () => {
  const start = input([4]);
  const skipped = add([start, dense(4, { activation: "relu" })(start)]);
  const whole = model(start, concatenate([skipped, start]));
  expect(whole.outputs[0]!.shape).toEqual([8]);
  expect(whole.layers.map(({ className }) => className)).toEqual(["InputLayer", "Dense", "Add", "Concatenate"]);
});

describe("errors", () => {
  test("name the layers and shapes that do not fit", () => {
    const [a, b] = [input([2, 3], { name: "a" }), input([4], { name: "b" })];
    expect(() => add([a, b])).toThrow(
      'layer "add" (Add) cannot take [2, 3] from layer "a" (InputLayer) and [4] from layer "b" (InputLayer): add: the shapes',
    );
    expect(() => concatenate([a, input([3, 2])])).toThrow("cannot be joined along axis 1");
    expect(() => concatenate({ axis: 0 })([a, a])).toThrow("axis 0 is none of a sample of shape [2, 3]; as in Keras, axis 0 is the batch"); // prettier-ignore
    expect(() => dot([2, 1])([a, b])).toThrow("axis 2 of [2, 3] has 3 elements and axis 1 of [4] has 4; they must have as many"); // prettier-ignore
    expect(() => dot(0)([b, b])).toThrow("axis 0 is the batch");
  });

  test("say how many tensors there must be", () => {
    const a = input([3]);
    expect(() => subtract()([a, a, a])).toThrow("it takes 2 inputs, not 3");
    expect(() => dot(1)([a])).toThrow("it takes 2 inputs, not 1");
    expect(() => add([])).toThrow("it takes a list of at least one tensor; an empty one came");
    expect(() => concatenate()([])).toThrow("it takes a list of at least one tensor; an empty one came");
  });

  test("say which axes a dot product can have", () => {
    expect(() => dot([1, 2, 3] as unknown as [number, number])).toThrow("axes of Dot must be one or two whole numbers; [1,2,3] came"); // prettier-ignore
    expect(() => dot(1.5)).toThrow("axes of Dot must be one or two whole numbers; 1.5 came");
  });
});
