import { expect, test } from "vitest";
import { codePatches } from "./code-patches.ts";

test("patches are means around the places of a code, inside of the images", () => {
  // Two images of 2×2, each pixel a place of its own.
  const coded = {
    shape: [2, 2, 1],
    images: Float32Array.from([1, 2, 3, 4, 10, 20, 30, 40]),
    map: [2, 2],
    codes: Float32Array.from([5, 0, 0, 0, 5, 0, 0, 5]),
  };
  const { shape, values } = codePatches(coded, [5, 7]);
  expect(shape).toEqual([3, 3, 1]);
  // Top left in both images, bottom right in the second.
  expect([...values.subarray(0, 9)]).toEqual([
    10,
    20,
    0,
    30,
    (1 + 10 + 40) / 3,
    (2 + 20) / 2,
    0,
    (3 + 30) / 2,
    (4 + 40) / 2,
  ]);
  expect([...values.subarray(9)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("places are as many pixels as an image has for each", () => {
  const images = Float32Array.from({ length: 3 * 4 * 3 }, (_, index) => index);
  const { shape } = codePatches({ shape: [3, 4, 3], images, map: [2, 2], codes: new Float32Array(4) }, [0]);
  expect(shape).toEqual([6, 6, 3]);
});
