import { expect, test } from "vitest";
import { pickPictures } from "./pick-pictures.ts";
import type { Picture } from "./picture-set.ts";

const pictures: Picture[] = Array.from({ length: 1000 }, (_, number) => ({
  name: String(number),
  className: number < 980 ? "many" : "few",
}));
const shape = [8, 8, 1];

test("all are looked at where there are not too many", () => {
  expect([...pickPictures({ pictures: pictures.slice(0, 50), shape }, 0)]).toEqual([...Array(50).keys()]);
});

test("of many, of each class as large a share and some of the rarest, the same for the same seed", () => {
  const picked = pickPictures({ pictures, shape }, 3, 100);
  const few = [...picked].filter((number) => number >= 980).length;
  expect([picked.length - few, few]).toEqual([98, 12]);
  expect(picked).toEqual(picked.toSorted());
  expect(new Set(picked).size).toBe(picked.length);
  expect(pickPictures({ pictures, shape }, 3, 100)).toEqual(picked);
  expect(pickPictures({ pictures, shape }, 4, 100)).not.toEqual(picked);
});

test("large pictures are fewer", () => {
  expect(pickPictures({ pictures, shape: [2048, 2048, 3] }, 0).length).toBeLessThan(25);
});
