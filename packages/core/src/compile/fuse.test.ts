import { describe, expect, it } from "vitest";
import type { Node } from "../graph/node.ts";
import { conv2d } from "../ops/conv2d/index.ts";
import { add, greater, mul, sigmoid, where } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { averagePool2d } from "../ops/pool.ts";
import { fuse } from "./fuse.ts";

/** The groups by the names of their members' ops. */
function fused(...outputs: Node[]): string[][] {
  return fuse(outputs).map(({ members }) => members.map(({ op }) => op.name));
}

const image = inputNode("image", [5, 5, 2]);
const kernel = parameterNode("kernel", [3, 3, 2, 2]);
const convolved = conv2d(image, kernel, { strides: [1, 1], padding: "same" });
const smooth = (x: Node): Node => averagePool2d(x, { poolSize: [3, 3], strides: [1, 1], padding: "same" });

describe("fuse", () => {
  it("computes element-wise work where its operand is made", () => {
    expect(fused(mul(add(convolved, 1), image))).toEqual([["conv2d", "add", "mul"]]);
  });

  it("gives long functions a loop of their own after a tile", () => {
    expect(fused(sigmoid(convolved))).toEqual([["conv2d"], ["sigmoid"]]);
  });

  it("brings element-wise operands along", () => {
    expect(fused(add(convolved, mul(image, 2)))).toEqual([["conv2d", "mul", "add"]]);
  });

  it("leaves an operand where it is, if another operand must be made from it first", () => {
    const doubled = mul(image, 2);
    const condition = greater(smooth(doubled), 0);
    // The latest loops are the first choice: a convolution that comes after the pooling.
    const later = conv2d(image, kernel, { strides: [1, 1], padding: "same" });
    expect(fused(where(condition, later, doubled))).toEqual([
      ["mul"],
      ["averagePool2d", "greater"],
      ["conv2d", "where"],
    ]);
  });
});
