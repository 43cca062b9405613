import { expect, test } from "vitest";
import type { Node } from "../graph/node.ts";
import { parameterNode } from "../ops/leaf.ts";
import { zeros } from "./initializers/index.ts";
import { Variable } from "./variable.ts";
import type { ValueStore } from "./variable.ts";
import { OwnValues, TransposedValues } from "./variable-values.ts";

/** A store that keeps values by their parameters. */
function storeOf(kept: Map<Node, Float32Array>): ValueStore {
  return {
    get: (parameter) => kept.get(parameter)!,
    set: (parameter, values) => void kept.set(parameter, values),
    drop: (parameter) => void kept.delete(parameter),
  };
}

const node = parameterNode("kernel", [2, 3]);

test("values begin when they are first needed, and move into a store and back", () => {
  let begun = 0;
  const values = new OwnValues(node, () => {
    begun++;
    return Float32Array.of(1, 2, 3, 4, 5, 6);
  });
  expect(begun).toBe(0);
  const kept = new Map<Node, Float32Array>();
  values.attach(storeOf(kept));
  kept.set(node, Float32Array.of(6, 5, 4, 3, 2, 1));
  expect([...values.read()]).toEqual([6, 5, 4, 3, 2, 1]);
  values.detach();
  expect(kept.size).toBe(0);
  expect([...values.read()]).toEqual([6, 5, 4, 3, 2, 1]);
  expect(begun).toBe(1);
});

test("a transpose reads and writes the original, wherever that is", () => {
  const original = new OwnValues(node, () => Float32Array.of(1, 2, 3, 4, 5, 6));
  const transpose = new TransposedValues(original, [2, 3]);
  expect([...transpose.read()]).toEqual([1, 4, 2, 5, 3, 6]);
  const kept = new Map<Node, Float32Array>();
  transpose.attach(storeOf(kept));
  expect(kept.get(node)).toBeDefined();
  transpose.assign(Float32Array.of(0, 3, 1, 4, 2, 5));
  expect([...kept.get(node)!]).toEqual([0, 1, 2, 3, 4, 5]);
  transpose.detach();
  expect([...original.read()]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("a variable that is the transpose of another shares its parameter", () => {
  const kernel = new Variable({ name: "kernel", shape: [2, 3], initializer: zeros() }, "first");
  const spec = { name: "kernel", shape: [3, 2], initializer: zeros(), transposeOf: kernel };
  const transpose = new Variable(spec, "second");
  expect(transpose.node).toBe(kernel.node);
  expect(transpose.source).toBe(kernel);
  expect(kernel.source).toBe(kernel);
  transpose.assign([1, 2, 3, 4, 5, 6]);
  expect([...kernel.read()]).toEqual([1, 3, 5, 2, 4, 6]);
  expect(() => new Variable({ ...spec, shape: [2, 3] }, "third")).toThrow(
    'the transpose of the variable "first/kernel", [2, 3], cannot have the shape [2, 3]',
  );
});
