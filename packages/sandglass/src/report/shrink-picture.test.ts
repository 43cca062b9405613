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
