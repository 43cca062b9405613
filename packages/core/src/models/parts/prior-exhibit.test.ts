import { expect, test } from "vitest";
import { priorExhibit } from "./prior-exhibit.ts";

test("two numbers of each code among as many points of the prior, which follow from the seed", () => {
  const codes = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const [map] = priorExhibit({ codes, size: 4, places: [1, 3], seed: 2, remark: "So it is." });
  if (map?.kind !== "scatter") throw new Error("points were expected");
  expect([...map.points.subarray(0, 4)]).toEqual([2, 4, 6, 8]);
  expect([...map.labels!]).toEqual([0, 0, 1, 1]);
  expect(map.axes).toEqual(["second number of the code", "4th number"]);
  expect(map.note).toMatch(/^The second and the 4th number .* So it is\.$/);
  expect(priorExhibit({ codes, size: 4, places: [1, 3], seed: 2, remark: "So it is." })).toEqual([map]);
  expect(priorExhibit({ codes, size: 4, places: [1, 3], seed: 3 })).not.toEqual([map]);
});

test("codes of one number are no points", () => {
  expect(priorExhibit({ codes: new Float32Array(5), size: 1, seed: 0 })).toEqual([]);
});
