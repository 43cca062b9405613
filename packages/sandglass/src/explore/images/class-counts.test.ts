import { expect, test } from "vitest";
import { countParts, imbalanceOf } from "./class-counts.ts";
import type { Picture } from "./picture-set.ts";

function pictures(count: number, split: Picture["split"], className?: string): Picture[] {
  return Array.from({ length: count }, (_, number) => ({
    name: `${split}/${className}/${number}`,
    ...(split && { split }),
    ...(className !== undefined && { className }),
  }));
}

test("each part has the counts of all classes, those that it has none of too", () => {
  const all = [
    ...pictures(5, "test", "a"),
    ...pictures(6, "train", "a"),
    ...pictures(2, "train", "b"),
    ...pictures(3, "validation"),
  ];
  expect(countParts(all, ["a", "b"])).toEqual([
    {
      split: "train",
      count: 8,
      classes: [
        { className: "a", count: 6 },
        { className: "b", count: 2 },
      ],
    },
    { split: "validation", count: 3, classes: [] },
    {
      split: "test",
      count: 5,
      classes: [
        { className: "a", count: 5 },
        { className: "b", count: 0 },
      ],
    },
  ]);
});

test("imbalance is that of the images to train on", () => {
  const all = [...pictures(60, "train", "a"), ...pictures(20, "train", "b"), ...pictures(100, "test", "b")];
  expect(imbalanceOf(all, ["a", "b", "only in words"])).toEqual({
    most: { className: "a", count: 60 },
    least: { className: "b", count: 20 },
    ratio: 3,
  });
  expect(imbalanceOf(pictures(4, undefined, "a"), ["a"])).toBeUndefined();
});
