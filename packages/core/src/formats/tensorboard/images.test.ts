import { describe, expect, test } from "vitest";
import { toPixels, weightImages } from "./images.ts";

test("values become bytes as in tf.image.convert_image_dtype", () => {
  // Of TensorFlow 2.21.
  const values = Float32Array.of(-1, 0, 0.0039, 0.004, 0.5, 0.9999, 1, 2);
  expect([...toPixels(values)]).toEqual([0, 0, 0, 1, 127, 255, 255, 255]);
});

describe("weightImages", () => {
  const values = (size: number): Float32Array => new Float32Array(size);

  test.each([
    [[5], [[5, 1, 1]]],
    [[2, 4], [[2, 4, 1]]],
    [[4, 2], [[2, 4, 1]]],
    [[3, 3, 1, 4], Array.from({ length: 4 }, () => [3, 3, 1])],
    [[3, 2, 4, 3], Array.from({ length: 3 }, () => [2, 4, 3])],
  ])("of %j have the heights, widths and channels %j", (shape, expected) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const images = weightImages(shape, values(size));
    expect(images?.map(({ height, width, channels }) => [height, width, channels])).toEqual(expected);
  });

  test.each([[[1]], [[3, 3, 2, 5]], [[2, 2, 2, 2, 3]]])("are none of %j", (shape) => {
    expect(weightImages(shape, values(100))).toBeUndefined();
  });
});
