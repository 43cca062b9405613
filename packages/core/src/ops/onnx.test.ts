// What ops are written as in ONNX, where the batch is axis 0 and shapes are aligned at the end.
import { describe, expect, test } from "vitest";
import type { Node } from "../graph/node.ts";
import { perSample, shared } from "../graph/tensor-type.ts";
import { add, equal, relu, sinTurns, square, where } from "./elementwise.ts";
import { averagePool2d, maxPool2d } from "./pool.ts";
import { randomUniform } from "./random.ts";
import { broadcastTo, max, sum, sumSamples } from "./reduce.ts";
import { reshape, transpose } from "./shape.ts";
import { leavesOf } from "./testing/check-kernel.ts";
import { printOnnx } from "./testing/print-onnx.ts";
import { upSample2d } from "./upsample.ts";

const [image, row, pixel, weight] = leavesOf([
  perSample([7, 6, 3]),
  perSample([6, 1]),
  perSample([3]),
  shared([7, 6, 3]),
]) as [Node, Node, Node, Node];

describe("element-wise ops", () => {
  test("one operator each, or as many as it takes", () => {
    expect(printOnnx(relu(image))).toEqual(["%0 = Relu(x0)"]);
    expect(printOnnx(square(image))).toEqual(["%0 = Mul(x0, x0)"]);
    expect(printOnnx(add(image, 0.5))).toEqual(["%0 = Add(x0, float[]{0.5})"]);
    expect(printOnnx(sinTurns(image))).toEqual([`%0 = Mul(x0, float[]{${Math.fround(2 * Math.PI)}})`, "%1 = Sin(%0)"]);
  });

  test("per-sample operands of lower rank get axes behind the batch", () => {
    expect(printOnnx(add(image, row))).toEqual(["%0 = Reshape(x1, int64[4]{-1, 1, 6, 1})", "%1 = Add(x0, %0)"]);
    expect(printOnnx(add(weight, pixel))).toEqual(["%0 = Reshape(x2, int64[4]{-1, 1, 1, 3})", "%1 = Add(x3, %0)"]);
  });

  test("comparisons are floats here and booleans there", () => {
    expect(printOnnx(where(equal(image, 0), 1, weight))).toEqual([
      "%0 = Equal(x0, float[]{0})",
      "%1 = Cast(%0) to=1",
      "%2 = Cast(%1) to=9",
      "%3 = Where(%2, float[]{1}, x3)",
    ]);
  });
});

test("axes count the batch", () => {
  expect(printOnnx(sum(image, [0, -1]))).toEqual(["%0 = ReduceSum(x0, int64[2]{1, 3}) keepdims=0"]);
  expect(printOnnx(max(weight, [2], { keepDims: true }))).toEqual(["%0 = ReduceMax(x3, int64[1]{2}) keepdims=1"]);
  expect(printOnnx(transpose(image, [2, 0, 1]))).toEqual(["%0 = Transpose(x0) perm=[0,3,1,2]"]);
  expect(printOnnx(reshape(image, [21, 6]))).toEqual(["%0 = Reshape(x0, int64[3]{-1, 21, 6})"]);
  expect(printOnnx(reshape(weight, [21, 6]))).toEqual(["%0 = Reshape(x3, int64[2]{21, 6})"]);
  expect(printOnnx(broadcastTo(row, [7, 6, 3]))).toEqual([
    "%0 = Reshape(x1, int64[4]{-1, 1, 6, 1})",
    "%1 = Expand(%0, int64[4]{1, 7, 6, 3})",
  ]);
});

test("pooling puts channels first, with the padding of Keras", () => {
  expect(printOnnx(maxPool2d(image, { poolSize: [2, 3], strides: [2, 2], padding: "same" }))).toEqual([
    "%0 = Transpose(x0) perm=[0,3,1,2]",
    "%1 = MaxPool(%0) kernel_shape=[2,3] strides=[2,2] pads=[0,0,1,1]",
    "%2 = Transpose(%1) perm=[0,2,3,1]",
  ]);
  expect(printOnnx(averagePool2d(image, { poolSize: [4, 2], strides: [1, 3], padding: "valid" }))[1]).toBe(
    "%1 = AveragePool(%0) kernel_shape=[4,2] strides=[1,3] pads=[0,0,0,0] count_include_pad=0",
  );
});

test("upsampling takes the nearest pixel, counted from the corner", () => {
  expect(printOnnx(upSample2d(image, { size: [2, 3] }))).toEqual([
    '%0 = Resize(x0, , float[4]{1, 2, 3, 1}) mode="nearest" coordinate_transformation_mode="asymmetric" nearest_mode="floor"',
  ]);
});

test("what belongs to training says why it cannot be written", () => {
  expect(() => printOnnx(sumSamples(image))).toThrow(/sums over the samples of a batch belong to training/);
  expect(() => printOnnx(randomUniform([3], { stream: 0 }))).toThrow(/do not repeat these random numbers/);
  expect(() => printOnnx(maxPool2d(weight, { poolSize: [2, 2], strides: [2, 2], padding: "same" }))).toThrow(
    /MaxPool: ONNX pools images of a batch, and the operand is \[7, 6, 3\] shared/,
  );
});
