import sharp from "sharp";
import { expect, test } from "vitest";
import {
  drawSheet,
  encodePng,
  imageLayout,
  onWhite,
  requireImages,
  scaled,
  toPixels,
  type Cell,
  type Pixels,
} from "./index.ts";

test("which shapes are images", () => {
  expect(imageLayout([2, 3, 1])).toEqual({ height: 2, width: 3, channels: 1 });
  expect(imageLayout([2, 3, 3])).toEqual({ height: 2, width: 3, channels: 3 });
  expect(imageLayout([2, 3, 4])).toEqual({ height: 2, width: 3, channels: 4 });
  expect(imageLayout([784])).toBeUndefined();
  expect(() => requireImages([2, 3, 5])).toThrow(
    /\[2, 3, 5\] cannot be drawn; expected images \[height, width, channels\] of 1 /u,
  );
});

test("values become bytes, rounded, and cut off outside of 0 to 1", () => {
  const pixels = toPixels(Float32Array.of(-0.5, 0, 0.5, 1, 2, 0.2), { width: 3, height: 2, channels: 1 });
  expect([...pixels.data]).toEqual([0, 0, 128, 255, 255, 51]);
  const bytes = Uint8Array.of(0, 51, 255);
  expect([...toPixels(scaled(bytes, 1 / 255), { width: 3, height: 1, channels: 1 }).data]).toEqual([...bytes]);
});

test("a sheet has cells of pictures side by side", () => {
  const picture = (value: number): Pixels => ({ width: 1, height: 1, channels: 1, data: Uint8Array.of(value) });
  const pair = (value: number): Cell => [picture(value), picture(value + 1)];
  const { width, height, data } = drawSheet([pair(10), pair(20), pair(30)], 2);
  // Two pairs across, each 1 + 1 + 1 wide and 4 apart; two rows, each 1 high and 4 apart.
  expect([width, height]).toEqual([18, 14]);
  const at = (x: number, y: number): number | undefined => data[y * width + x];
  expect([at(4, 4), at(5, 4), at(6, 4)]).toEqual([10, 255, 11]);
  expect([at(11, 4), at(13, 4)]).toEqual([20, 21]);
  expect([at(4, 9), at(6, 9), at(11, 9)]).toEqual([30, 31, 255]);
  expect(drawSheet([[picture(1)], [picture(2)]], 5)).toMatchObject({ width: 14, height: 9 });
});

test("a PNG file has the picture's pixels, enlarged without blurring", async () => {
  const picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) } as const;
  const file = sharp(await encodePng(picture, 2));
  expect(await file.metadata()).toMatchObject({ format: "png", width: 4, height: 2, channels: 3 });
  const row = [255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255];
  expect([...(await file.raw().toBuffer())]).toEqual([...row, ...row]);
});

test("a PNG file keeps opacity, and a sheet lies on white paper", async () => {
  const picture = { width: 2, height: 1, channels: 4, data: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 128) } as const;
  const file = sharp(await encodePng(picture));
  expect(await file.metadata()).toMatchObject({ channels: 4, hasAlpha: true });
  expect([...(await file.raw().toBuffer())]).toEqual([...picture.data]);
  const { width, data } = drawSheet([[picture]], 1);
  expect([...data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  const place = 4 * (4 * width + 4);
  expect([...data.subarray(place, place + 8)]).toEqual([...picture.data]);
});

test("what is transparent lies on white, as much as light comes through", () => {
  const colors = onWhite(Float32Array.of(1, 0.5, 0, 1, 0, 0.5, 1, 0.5, 0, 0, 0, 0));
  expect([...colors]).toEqual([1, 0.5, 0, 0.5, 0.75, 1, 1, 1, 1]);
});
