import { expect, test } from "vitest";
import { encodePng } from "./png.ts";
import { readPng } from "./testing/read-events.ts";

test.each([1, 2, 3, 4])("images of %j channels keep their pixels", (channels) => {
  const [height, width] = [3, 5];
  const pixels = Uint8Array.from({ length: height * width * channels }, (_, index) => (index * 37) % 256);
  expect(readPng(encodePng({ width, height, channels, pixels }))).toEqual({
    shape: [height, width, channels],
    values: [...pixels],
  });
});
