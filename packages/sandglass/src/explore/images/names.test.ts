// What the names of files say.
import { describe, expect, test } from "vitest";
import { imagesBeside } from "./beside.ts";
import { givenGroups, guessGroups } from "./name-groups.ts";
import type { Picture } from "./picture-set.ts";

const named = (names: readonly string[], split?: Picture["split"]): Picture[] =>
  names.map((name) => ({ name, ...(split && { split }) }));
const range = (count: number): number[] => [...Array(count).keys()];

describe("groups", () => {
  test("a word and a number that several names share are a group, and in two parts are shared", () => {
    const train = range(60).map((number) => `train/ill/person${Math.floor(number / 3)}_shot_${number}.jpg`);
    const others = range(100).map((number) => `train/well/W-${number}-0001.jpg`);
    const test = range(10).map((number) => `test/ill/person${number + 15}_shot_${number}.jpg`);
    expect(guessGroups([...named(train, "train"), ...named(others, "train"), ...named(test, "test")])).toEqual({
      pattern: String.raw`^(person\d+)`,
      groups: 25,
      images: 70,
      shared: 5,
      isGiven: false,
    });
  });

  test.each([
    ["numbers alone", range(50).map((number) => `cat.${number}.jpg`)],
    ["the same numbers in each folder", range(80).map((number) => `${number % 4}/${Math.floor(number / 4)}.jpg`)],
    ["a number for each", range(50).map((number) => `${number}_n0${number * 7}_thing.jpg`)],
    ["few numbers", range(50).map((number) => `exp${number % 5}_num_${number}.jpg`)],
    ["one large group", range(100).map((number) => `site${number < 60 ? 0 : Math.floor(number / 2)}_${number}.jpg`)],
  ])("%s are none", (_, names) => {
    expect(guessGroups(named(names))).toBeUndefined();
  });

  test("signs in names are no signs of patterns", () => {
    const names = range(40).map((number) => `a-(b)+${number % 20}_${number}.jpg`);
    expect(guessGroups(named(names))).toMatchObject({ pattern: String.raw`^(a-\(b\)\+\d+)`, groups: 20, images: 40 });
  });

  test("a pattern of the user's is counted as it is", () => {
    expect(givenGroups(named(["x/a1.png", "x/a2.png", "a/b.png"]), "^[a]")).toMatchObject({
      groups: 1,
      images: 2,
      isGiven: true,
    });
  });
});

describe("images beside others", () => {
  const images = range(20).map((number) => `tiles/${number}.jpg`);

  test("of one name and another ending, where the others never stand alone", () => {
    const masks = range(8).map((number) => `tiles/${number}.png`);
    expect(imagesBeside(named([...images, ...masks]))).toEqual({ images: ".jpg", others: ".png", count: 8 });
  });

  test.each([
    ["one ending", []],
    ["another one that stands alone", ["tiles/0.png", "tiles/1.png", "tiles/2.png", "tiles/99.png"]],
    ["a slip", ["tiles/0.png"]],
    ["three endings", ["tiles/0.png", "tiles/1.png", "tiles/2.png", "tiles/3.gif"]],
  ])("%s: none", (_, others) => {
    expect(imagesBeside(named([...images, ...others]))).toBeUndefined();
  });
});
