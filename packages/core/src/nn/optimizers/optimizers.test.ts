import { describe, expect, test } from "vitest";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { parameterNode, scalarNode } from "../../ops/leaf.ts";
import { evaluate, largestError } from "../testing/evaluate.ts";
import { adam } from "./adam.ts";
import { nadam } from "./nadam.ts";
import { integerPower } from "../integer-power.ts";
import type { Optimizer } from "./optimizer.ts";
import { optimizers } from "./registry.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

type Arguments = Readonly<Record<string, number | boolean>>;
type Make = (options: Readonly<Record<string, number | boolean>>) => Optimizer;

const MAKE: Readonly<Record<string, Make>> = { sgd, rmsprop, adam, nadam };

/** `beta_1` → `beta1`, `learning_rate` → `learningRate` */
function inCamelCase(given: Arguments): Arguments {
  const rename = (key: string): string => key.replaceAll(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [rename(key), value]));
}

/** The parameter after each step, computed in float64 through the optimizer's graph. */
function trajectory(optimizer: Optimizer, initial: Float64Array, gradients: readonly Float64Array[]): number[] {
  const shape = [initial.length];
  const parameter = (name: string): ReturnType<typeof parameterNode> => parameterNode(name, shape);
  const variable = parameter("variable");
  const gradient = parameter("gradient");
  const slots = Object.fromEntries(optimizer.slots.map((name) => [name, parameter(name)]));
  const scalars = Object.fromEntries(Object.keys(optimizer.scalars(0)).map((name) => [name, scalarNode(name)]));
  const result = optimizer.update({ variable, gradient, slots, scalars });
  let value = initial;
  let kept = optimizer.slots.map(() => new Float64Array(initial.length));
  return gradients.flatMap((step, iterations) => {
    const numbers = optimizer.scalars(iterations);
    const feeds = new Map([
      [variable, value],
      [gradient, step],
      ...optimizer.slots.map((name, index) => [slots[name]!, kept[index]!] as const),
      ...Object.entries(scalars).map(([name, node]) => [node, Float64Array.of(numbers[name]!)] as const),
    ]);
    const outputs = [result.variable, ...optimizer.slots.map((name) => result.slots[name]!)];
    const [next, ...nextSlots] = evaluate(outputs, feeds, 1).map((values) => Float64Array.from(values));
    value = next!;
    kept = nextSlots;
    return [...value];
  });
}

describe("Keras's numbers over 20 steps", () => {
  const fixture = readFixture("optimizers");
  const initial = Float64Array.from(decodeArray(fixture.initial).data);
  const { data, shape } = decodeArray(fixture.gradients);
  const steps = Array.from({ length: shape[0]! }, (_, step) =>
    Float64Array.from(data.subarray(step * 5, step * 5 + 5)),
  );

  test.each(fixture.cases.map((entry) => [entry.name, entry.arguments, entry] as const))("%s %j", (_, given, entry) => {
    const optimizer = MAKE[entry.name]!(inCamelCase(given));
    const expected = decodeArray(entry.parameters).data;
    // Keras computes in float32: 20 steps of rounding.
    expect(largestError(trajectory(optimizer, initial, steps), expected, 1)).toBeLessThan(1e-6);
    const config = optimizer.getConfig();
    for (const [key, value] of Object.entries(entry.config)) {
      expect(typeof value === "number" ? Math.fround(config[key] as number) : config[key]).toBe(
        typeof value === "number" ? Math.fround(value) : value,
      );
    }
  });
});

test("nadam's schedule may be read in any order", () => {
  const optimizer = nadam();
  const late = optimizer.scalars(50);
  expect(optimizer.scalars(3)).toEqual(nadam().scalars(3));
  expect(optimizer.scalars(50)).toEqual(late);
});

test("the learning rate may change between steps", () => {
  const optimizer = adam({ learningRate: 0.5 });
  const { stepSize } = optimizer.scalars(7);
  optimizer.learningRate = 0.25;
  expect(optimizer.scalars(7)["stepSize"]).toBe(stepSize! / 2);
  expect(() => (optimizer.learningRate = Number.NaN)).toThrow("the learning rate must be a number from 0 on; NaN came");
});

test("integerPower multiplies", () => {
  expect(integerPower(3, 5)).toBe(243);
  expect(integerPower(0.5, 0)).toBe(1);
  expect(integerPower(0.999, 1000)).toBeCloseTo(0.999 ** 1000, 14);
});

describe("errors", () => {
  test("name the option and what came", () => {
    expect(() => adam({ beta1: 1 })).toThrow("beta1 of Adam must be from 0 to below 1; 1 came");
    expect(() => sgd({ momentum: -0.1 })).toThrow("momentum of SGD must be from 0 to 1; -0.1 came");
    expect(() => rmsprop({ epsilon: 0 })).toThrow("epsilon of RMSprop must be positive; 0 came");
    expect(() => sgd({ learningRate: -1 })).toThrow("-1 came");
    expect(() => optimizers.get("adams")).toThrow('did you mean "adam"?');
  });
});
