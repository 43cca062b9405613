import { expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Exhibit } from "../exhibit.ts";
import { nearestExhibit, nearestOf } from "./nearest-exhibit.ts";

test("the nearest has the least mean squared difference; the first of several", () => {
  const candidates = Float32Array.of(0, 0, 1, 3, 4, 0, 1, 3);
  expect(nearestOf(Float32Array.of(1, 1), candidates)).toEqual({ index: 0, error: 1 });
  expect(nearestOf(Float32Array.of(1, 2.5), candidates)).toEqual({ index: 1, error: 0.125 });
  expect(nearestOf(Float32Array.of(4, 0), candidates)).toEqual({ index: 2, error: 0 });
});

test("copies are looked for among the samples of the training, and the note says where", async () => {
  const learned = dataset("learned", [2], Float32Array.of(5, 6, 7, 8));
  const held = dataset("held", [2], Float32Array.of(0, 0, 1, 1, 2, 2));
  // Copies the second sample of the training.
  const exhibitOf = (training?: Dataset): Promise<Exhibit> =>
    nearestExhibit({
      data: held,
      training,
      sample: (count) => Promise.resolve(Float32Array.from({ length: 2 * count }, (_, index) => 7 + (index % 2))),
    });
  const copied = await exhibitOf(learned);
  if (copied.kind !== "rows") throw new Error("rows were expected");
  expect([...copied.rows[1]!.values.subarray(0, 4)]).toEqual([7, 8, 7, 8]);
  expect(copied.captions![0]).toBe("0.0");
  expect(copied.note).toContain("the nearest of 2 samples of its training");
  expect((await exhibitOf()).note).toContain(
    "the nearest of 3 samples at hand, which need not be those of its training",
  );
});
