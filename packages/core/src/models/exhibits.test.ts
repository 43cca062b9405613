import { expect, test } from "vitest";
import { areImages, numShown } from "./exhibits.ts";

test("images are grey or coloured; of other samples fewer are shown", () => {
  expect([[28, 28, 1], [5, 5, 3], [12], [4, 4, 2], [28, 28]].map(areImages)).toEqual([true, true, false, false, false]);
  expect([numShown([28, 28, 1]), numShown([12]), numShown([12], 60), numShown([28, 28, 3], 60)]).toEqual([
    12, 6, 6, 60,
  ]);
});
