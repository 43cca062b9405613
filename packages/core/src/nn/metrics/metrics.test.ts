import { describe, expect, test } from "vitest";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { constantsOf } from "../constant-tensor.ts";
import { evaluate } from "../testing/evaluate.ts";
import { getMetric } from "./registry.ts";

function accuracyOf(targets: readonly number[][], predictions: readonly number[][]): number[] {
  const target = inputNode("target", [targets[0]!.length]);
  const prediction = inputNode("prediction", [predictions[0]!.length]);
  const node = getMetric("accuracy").contributions(target, prediction)["total"]!;
  const constants = constantsOf([node]).map(([leaf, values]) => [leaf, Float64Array.from(values)] as const);
  const feeds = new Map<Node, TensorValue>([
    [target, targets.map((row) => Float64Array.from(row))] as const,
    [prediction, predictions.map((row) => Float64Array.from(row))] as const,
    ...constants,
  ]);
  return evaluate([node], feeds, targets.length)[0]!;
}

describe("accuracy", () => {
  test("of one output compares with one half", () => {
    expect(accuracyOf([[1], [0], [1], [0]], [[0.9], [0.6], [0.5], [0.1]])).toEqual([1, 0, 0, 1]);
  });

  test("of several classes compares the largest, the first of equals as argmax does", () => {
    const targets = [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    const predictions = [
      [0.1, 0.2, 0.7],
      [0.1, 0.2, 0.7],
      [0.4, 0.4, 0.2],
      [-5, -3, -4],
    ];
    expect(accuracyOf(targets, predictions)).toEqual([1, 0, 0, 1]);
  });

  test("takes class numbers as targets", () => {
    expect(accuracyOf([[2], [1]], [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]])).toEqual([1, 0]); // prettier-ignore
  });
});

test("losses are metrics, under the name that was used", () => {
  expect(getMetric("mae")).toMatchObject({ name: "mae", better: "smaller" });
  expect(getMetric("acc")).toMatchObject({ name: "acc", better: "larger" });
  expect(() => getMetric("acuracy")).toThrow('unknown metric "acuracy"; did you mean "accuracy"?');
});
