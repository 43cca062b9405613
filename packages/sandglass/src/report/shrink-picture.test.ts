import { expect, test } from "vitest";
import { shrinkPicture } from "./shrink-picture.ts";

test("a picture that is too long becomes means of squares, at its border of what is left of them", () => {
  const picture = { width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 10, 100, 20, 30, 200) } as const;
  expect(shrinkPicture(picture, 2)).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.of(15, 150) });
});

test("channels stay apart, and what is small enough stays as it is", () => {
  const picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(0, 100, 200, 10, 110, 210) } as const;
  expect(shrinkPicture(picture, 1).data).toEqual(Uint8Array.of(5, 105, 205));
  expect(shrinkPicture(picture, 2)).toBe(picture);
});

test("a transparent pixel adds nothing to the color of a square", () => {
  const picture = { width: 2, height: 1, channels: 4, data: Uint8Array.of(200, 100, 0, 255, 0, 0, 0, 0) } as const;
  expect([...shrinkPicture(picture, 1).data]).toEqual([200, 100, 0, 128]);
  const nothing = { width: 2, height: 1, channels: 4, data: new Uint8Array(8) } as const;
  expect([...shrinkPicture(nothing, 1).data]).toEqual([0, 0, 0, 0]);
});
