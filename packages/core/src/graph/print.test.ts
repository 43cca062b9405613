import { expect, it } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { conv2d } from "../ops/conv2d/index.ts";
import { add, mul, relu } from "../ops/elementwise.ts";
import { inputNode, parameterNode } from "../ops/leaf.ts";
import { sum, sumSamples } from "../ops/reduce.ts";
import { printGraph } from "./print.ts";

it("prints a graph, one node a line, numbered from 0", () => {
  const image = inputNode("image", [4, 4, 1]);
  const kernel = parameterNode("kernel", [3, 3, 1, 2]);
  const bias = parameterNode("bias", [2]);
  const result = relu(add(conv2d(image, kernel, { strides: [2, 2], padding: "same" }), bias));
  expect(printGraph([result])).toBe(
    [
      '%0 = input("image") : [4, 4, 1] per sample',
      '%1 = parameter("kernel") : [3, 3, 1, 2] shared',
      '%2 = parameter("bias") : [2] shared',
      "%3 = conv2d(%0, %1) {strides [2, 2], same} : [2, 2, 2] per sample",
      "%4 = add(%3, %2) : [2, 2, 2] per sample",
      "%5 = relu(%4) : [2, 2, 2] per sample",
      "return %5",
    ].join("\n"),
  );
});

it("prints what differentiation adds", () => {
  const x = inputNode("x", [3]);
  const w = parameterNode("w", [3]);
  const [slope] = gradients(sumSamples(sum(mul(x, w))), [w]);
  expect(printGraph([slope!])).toMatchInlineSnapshot(`
    "%0 = input("x") : [3] per sample
    %1 = constant(1) : [] shared
    %2 = broadcastToSamples(%1) {[]} : [] per sample
    %3 = reshape(%2) {[1]} : [1] per sample
    %4 = broadcastTo(%3) {[3]} : [3] per sample
    %5 = mul(%4, %0) : [3] per sample
    %6 = sumSamples(%5) : [3] shared
    return %6"
  `);
});
