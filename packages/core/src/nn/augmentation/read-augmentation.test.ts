import { describe, expect, test } from "vitest";
import { augmentation, augmentationKinds } from "./index.ts";
import type { AugmentationLike } from "./index.ts";

describe("an augmentation", () => {
  test("is read from text and from objects, with the amounts of its kinds where none are given", () => {
    const expected = { flip: "horizontal", rotate: 15, zoom: 0.2 };
    expect(augmentation("zoom=0.2,flip , rotate").amounts).toEqual(expected);
    expect(augmentation({ zoom: 0.2, flip: true, rotate: 15, noise: false, cutout: undefined }).amounts).toEqual(
      expected,
    );
    expect(augmentation(" flip = both ").amounts).toEqual({ flip: "both" });
    expect(augmentation({ flip: "vertical" }).amounts).toEqual({ flip: "vertical" });
  });

  test("has one order and one text, however its kinds were named, and is read from it", () => {
    const one = augmentation("cutout, mixup=0.4, flip, crop=0.25");
    expect(one.toString()).toBe("crop=0.25, flip=horizontal, cutout=0.25, mixup=0.4");
    expect(augmentation(one.toString()).toString()).toBe(one.toString());
    expect(augmentation(one)).toBe(one);
    expect(one.mixUp).toBe(0.4);
    expect(augmentation("flip").mixUp).toBeUndefined();
  });

  test("leaves out what changes nothing", () => {
    expect(augmentation("rotate=0, mixup=0, noise=0.1").amounts).toEqual({ noise: 0.1 });
    expect(augmentation("rotate=0").toString()).toBe("");
  });

  const refused: readonly (readonly [AugmentationLike, string])[] = [
    ["flpi", 'unknown augmentation "flpi"; did you mean "flip"? Known: crop, flip,'],
    ["toString", 'unknown augmentation "toString"'],
    ["flip, flip=both", 'the augmentation "flip" is named twice'],
    [
      "flip=diagonal",
      'the augmentation "flip" takes horizontal, vertical, both, such as flip=horizontal; "diagonal" came',
    ],
    ["rotate=200", 'the augmentation "rotate" takes degrees from 0 to 180, such as rotate=15; "200" came'],
    ["shift=-0.1", 'the augmentation "shift" takes a share of each side from 0 to 1, such as shift=0.1; "-0.1" came'],
    ["zoom=", 'the augmentation "zoom" takes a share of each side from 0 to 0.9'],
    ["noise=much", '"much" came'],
    ["noise=0.1=0.2", '"0.1=0.2" came'],
    [" , ", 'an augmentation names what it changes, such as "flip, rotate=15"; nothing was named'],
    [{}, "nothing was named"],
    [{ rotate: Number.NaN }, 'the augmentation "rotate" takes degrees from 0 to 180'],
    [{ ["rotat" as "rotate"]: 5 }, 'did you mean "rotate"?'],
  ];
  test.each(refused)("refuses %j", (given, message) => {
    expect(() => augmentation(given)).toThrow(RangeError);
    expect(() => augmentation(given)).toThrow(message);
  });

  test("each kind says what it does and takes its own amount", () => {
    for (const [name, { help, allowed, default: own, choose }] of Object.entries(augmentationKinds)) {
      expect(help, name).toMatch(/^[a-z]/u);
      expect(allowed, name).not.toBe("");
      expect(choose(own)?.amount, name).toBe(own);
      expect(choose(String(own))?.amount, name).toBe(own);
      expect(choose(true)?.amount, name).toBe(own);
    }
  });
});
