import { expect, it } from "vitest";
import { add } from "../ops/elementwise.ts";
import { inputNode } from "../ops/leaf.ts";
import { perSample, shared } from "./tensor-type.ts";
import { verify } from "./verify.ts";

const x = inputNode("x", [2, 3]);
const y = add(x, inputNode("y", [3]));

it("accepts what ops infer", () => {
  expect(() => verify([y])).not.toThrow();
});

it("refuses a node of another type than its op infers", () => {
  expect(() => verify([{ ...y, type: perSample([3, 2]) }])).toThrow(
    /add #\d+ has type \[3, 2\] per sample, and its operation infers \[2, 3\] per sample/,
  );
  expect(() => verify([{ ...y, type: shared([2, 3]) }])).toThrow(/\[2, 3\] shared, and its operation infers/);
});

it("refuses a node that comes before its inputs", () => {
  expect(() => verify([{ ...y, id: x.id }])).toThrow(/add #\d+ comes before its input #\d+/);
});

it("refuses sizes that are none", () => {
  expect(() => verify([{ ...x, type: perSample([2, 0]) }])).toThrow(/has type \[2, 0\]/);
});
