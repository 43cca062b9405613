import { expect, test } from "vitest";
import { busiestUnits, unitActivity } from "./unit-activity.ts";

test("counts what is above a tenth of the largest activity", () => {
  const codes = Float32Array.from(
    [
      // The largest is 2, so that 0.1 counts for nothing.
      [0, 2, 0.1, 0],
      [0, 1, -0.5, 0],
      [0, 0.1, 0, 0.3],
      [0, 1, 0, 0],
    ].flat(),
  );
  const activity = unitActivity(codes, 4);
  expect(activity).toMatchObject({ numUnits: 4, perSample: 5 / 4, ever: 3 });
  expect([...activity.shares]).toEqual([0, 3 / 4, 1 / 4, 1 / 4]);
  expect([...activity.largest]).toEqual([...Float32Array.of(0, 2, -0.5, 0.3)]);
  expect(busiestUnits(activity)).toEqual([1, 2, 3, 0]);
});

test("a code that is 0 everywhere has no active unit", () => {
  expect(unitActivity(new Float32Array(6), 3)).toMatchObject({ perSample: 0, ever: 0 });
});
