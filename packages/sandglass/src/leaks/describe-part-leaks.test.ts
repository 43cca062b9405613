import { expect, test } from "vitest";
import { leakNotes, leakWarnings, type PartLeaks, type SharedSamples } from "./index.ts";

const shared = (changes: Partial<SharedSamples> = {}): SharedSamples => ({
  from: "train",
  to: "validation",
  count: 4,
  byLook: 0,
  named: [
    ["row 5", "row 2"],
    ["row 9", "row 2"],
    ["row 12", "row 1"],
  ],
  ...changes,
});

const leaks = (changes: Partial<PartLeaks> = {}): PartLeaks => ({
  unit: "row",
  compared: { train: 900, validation: 100 },
  by: "values",
  share: 1,
  shared: [shared()],
  ...changes,
});

test("what is shared, what that means, and what to do", () => {
  expect(leakNotes(leaks(), true)).toEqual([
    "4 rows of validation are also in train: row 5 is row 2, row 9 is row 2, row 12 is row 1 and 1 more",
    "where they are one thing entered twice, figures on such rows are too good: remove the copies, or keep in one part what belongs together " +
      "with --group COLUMN (compared: 1,000 rows, by the values that the model sees)",
  ]);
});

test("a set's own parts are mended otherwise than what was held back", () => {
  const images = leaks({
    unit: "image",
    by: "bytes and looks",
    shared: [
      shared({ count: 1, byLook: 1, named: [["b.png", "a.png"]] }),
      shared({ to: "test", count: 2, byLook: 1, named: [["c.png", "a.png"]] }),
    ],
  });
  const [one, two, advice] = leakNotes(images, true);
  expect(one).toBe("1 image of validation is also in train (by their looks): b.png is a.png");
  expect(two).toBe(
    "2 images of test are also in train (1 by their looks, the others to the byte): c.png is a.png and 1 more",
  );
  expect(advice).toMatch(
    /^figures on such images are too good: remove the copies, .* --group, and take them out of one of the parts \(/u,
  );
  expect(leakNotes(images, false).at(-1)).toMatch(
    /too good: take them out of one of the parts \(compared: 1,000 images, by the bytes of their files and what they look like\)$/u,
  );
});

test("where only some rows were compared, that is said; where nothing is shared, nothing is", () => {
  expect(leakNotes(leaks({ share: 0.25 }), true).at(-1)).toContain("1,000 rows (25.0 % of all different contents), by");
  expect(leakNotes(leaks({ shared: [] }), true)).toEqual([]);
  expect(leakNotes(undefined, true)).toEqual([]);
});

test("a report warns of a hundredth of a part, and of no less", () => {
  const [warning] = leakWarnings(leaks({ shared: [shared({ count: 1 })] }), true);
  expect(warning?.title).toBe("The same samples are in several parts of the data.");
  expect(warning?.text).toMatch(/^1 row of validation is also in train: .*\. Where they are one thing .*\.$/u);
  expect(leakWarnings(leaks({ compared: { train: 9000, validation: 401 } }), true)).toEqual([]);
  expect(leakWarnings(undefined, true)).toEqual([]);
});
