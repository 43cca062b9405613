import { expect, test } from "vitest";
import { describeUnknown, nearestName } from "./nearest-name.ts";

const KNOWN = ["relu", "sigmoid", "leaky_relu", "softmax"];

test.each([
  ["sigmiod", "sigmoid"],
  ["Leaky-ReLU", "leaky_relu"],
  ["rlu", "relu"],
  ["something else", undefined],
])("the nearest name to %s is %s", (name, expected) => {
  expect(nearestName(name, KNOWN)).toBe(expected);
});

test("describes what is unknown and what is known", () => {
  expect(describeUnknown("softmx", KNOWN)).toBe(
    '"softmx"; did you mean "softmax"? Known: relu, sigmoid, leaky_relu, softmax',
  );
  expect(describeUnknown("quadratic", KNOWN)).toBe('"quadratic". Known: relu, sigmoid, leaky_relu, softmax');
});
