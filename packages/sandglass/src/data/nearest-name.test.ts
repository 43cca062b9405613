import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

const known = ["wardrobe", "fashion-mnist", "mnist"];

it.each([
  ["fashon-mnist", "fashion-mnist"],
  ["Fashion_MNIST", "fashion-mnist"],
  ["fashion mnist", "fashion-mnist"],
  ["mnsit", "mnist"],
  ["minst", "mnist"],
  ["wardobe", "wardrobe"],
  ["wardrobes", "wardrobe"],
])("%s means %s", (typed, meant) => {
  expect(nearestName(typed, known)).toBe(meant);
});

it.each(["", "cifar10", "photos", "m", "emnist-letters"])("%j means none", (typed) => {
  expect(nearestName(typed, known)).toBeUndefined();
});

it("knows nothing when nothing is known", () => {
  expect(nearestName("mnist", [])).toBeUndefined();
});
