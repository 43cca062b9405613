import { expect, test } from "vitest";
import { conv2d, dense, flatten } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Exhibit } from "../exhibit.ts";
import { firstFiltersExhibit, firstUnitsExhibit } from "./first-weights.ts";

/** The pictures of a grid. */
function picturesOf([exhibit]: readonly Exhibit[]): { readonly shape: readonly number[]; readonly values: number[] } {
  if (exhibit?.kind !== "grid") throw new Error("a grid was expected");
  return { shape: exhibit.samples.shape, values: [...exhibit.samples.values] };
}

function denseOn(shape: readonly number[]): Model {
  const sample = input(shape);
  const encoder = model(sample, dense(2)(flatten()(sample)));
  encoder.setWeights([Array.from({ length: encoder.variables[0]!.size }, (_, index) => index), [0, 0]]);
  return encoder;
}

test("each unit is a picture of its weights", () => {
  // The weight of value i for unit u is 2i + u.
  expect(picturesOf(firstUnitsExhibit(denseOn([2, 2, 1]), [2, 2, 1]))).toEqual({
    shape: [2, 2, 1],
    values: [0, 2, 4, 6, 1, 3, 5, 7],
  });
});

test("each filter is a picture of its kernel", () => {
  const image = input([5, 5, 3]);
  const encoder = model(image, conv2d(2, 2, { useBias: false })(image));
  encoder.setWeights([Array.from({ length: 24 }, (_, index) => index)]);
  const { shape, values } = picturesOf(firstFiltersExhibit(encoder));
  expect(shape).toEqual([2, 2, 3]);
  expect(values).toEqual([
    ...Array.from({ length: 12 }, (_, i) => 2 * i),
    ...Array.from({ length: 12 }, (_, i) => 2 * i + 1),
  ]);
});

test("what makes no picture is not shown", () => {
  for (const shape of [[12], [4, 4, 2], [1, 8, 1]]) expect(firstUnitsExhibit(denseOn(shape), shape)).toEqual([]);
  expect(firstFiltersExhibit(denseOn([4, 4, 1]))).toEqual([]);
});
