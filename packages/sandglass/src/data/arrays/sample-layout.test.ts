import { describe, expect, test } from "vitest";
import { sampleLayout, toChannelsLast } from "./sample-layout.ts";

test.each([
  ["rows of a table", [100, 7], [7], false],
  ["grey images", [100, 28, 20], [28, 20, 1], false],
  ["images of one column", [100, 28, 1], [28, 1, 1], false],
  ["few sequences of three numbers", [5, 28, 3], [28, 3, 1], false],
  ["colour images", [100, 28, 20, 3], [28, 20, 3], false],
  ["channels first", [100, 3, 28, 20], [28, 20, 3], true],
  ["one channel first", [100, 1, 28, 20], [28, 20, 1], true],
  ["channels last where either may be", [100, 3, 28, 3], [3, 28, 3], false],
  ["feature maps", [100, 7, 7, 64], [7, 7, 64], false],
])("%s", (_, sizes, shape, isChannelFirst) => {
  expect(sampleLayout("a.npy", sizes)).toEqual({ count: sizes[0], shape, isChannelFirst });
});

describe("refused", () => {
  test.each([
    [[], /a\.npy has the shape \[\]; samples are/],
    [[100], /\[100\]; samples are .*this looks like an array of labels/],
    [[100, 2, 28, 28, 3], /\[100, 2, 28, 28, 3\]; samples are/],
    [[480, 640, 3], /\[480, 640, 3\], which looks like one picture in colour.*picture\[None\]/],
  ])("%j", (sizes, message) => {
    expect(() => sampleLayout("a.npy", sizes)).toThrow(message);
  });
});

test("channels go last, image by image", () => {
  // Two images of 2×1 pixels and 3 channels.
  const values = Uint8Array.of(1, 2, 10, 20, 100, 200, 3, 4, 30, 40, 5, 6);
  expect(toChannelsLast(values, [2, 1, 3], new Uint8Array(12))).toEqual(
    Uint8Array.of(1, 10, 100, 2, 20, 200, 3, 30, 5, 4, 40, 6),
  );
});
