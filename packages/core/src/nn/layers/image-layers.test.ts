/** What layers that resize, cut, pool and rescale refuse. Their values: layers.test.ts, against Keras. */
import { beforeEach, expect, test } from "vitest";
import { resetNames } from "../names.ts";
import { cropping2d, zeroPadding2d } from "./edges2d.ts";
import { globalMaxPooling2d } from "./global-pooling.ts";
import { input } from "./input-layer.ts";
import { averagePooling1d, maxPool1d } from "./pooling1d.ts";
import { layerFromConfig } from "./registry.ts";
import { rescaling } from "./rescaling.ts";
import { resizing } from "./resizing.ts";
import { upSampling1d } from "./up-sampling1d.ts";
import { upSampling2d } from "./up-sampling2d.ts";

beforeEach(resetNames);

test("resizing: what it cannot do", () => {
  expect(() => resizing(0, 4)).toThrow(/height of Resizing must be a whole number from 1 on; 0 came/);
  expect(() => resizing(4, 2.5)).toThrow(/width of Resizing/);
  expect(() => resizing(4, 4, { cropToAspectRatio: true, padToAspectRatio: true })).toThrow(/not both/);
  const unknown = { height: 4, width: 4, interpolation: "bicubik" };
  expect(() => layerFromConfig("Resizing", unknown)).toThrow(/unknown interpolation of Resizing.*bicubic/);
  const first = { height: 4, width: 4, data_format: "channels_first" };
  expect(() => layerFromConfig("Resizing", first)).toThrow(/"data_format".*channels_last/);
  expect(() => resizing(4, 4)(input([8, 8]))).toThrow(/needs images \[height, width, channels\], not \[8, 8\]/);
});

test("layers of images and sequences refuse other shapes", () => {
  expect(() => upSampling2d(2, { interpolation: "bilinear" })(input([4, 4]))).toThrow(/needs images/);
  expect(() => zeroPadding2d()(input([4]))).toThrow(/needs images/);
  expect(() => cropping2d(2)(input([4, 9, 1]))).toThrow(/nothing is left of \[4, 9, 1\]/);
  expect(() => globalMaxPooling2d()(input([4, 4]))).toThrow(/needs images/);
  for (const layer of [maxPool1d(), averagePooling1d(), upSampling1d()]) {
    expect(() => layer(input([4, 4, 1]))).toThrow(/needs sequences \[length, channels\], not \[4, 4, 1\]/);
  }
});

test("options that make no sense", () => {
  expect(() => zeroPadding2d(-1)).toThrow(/padding of ZeroPadding2D must be a whole number from 0 on.*-1 came/);
  expect(() => cropping2d([1, 2, 3] as unknown as number)).toThrow(/cropping of Cropping2D/);
  expect(() => maxPool1d(0)).toThrow(/poolSize of MaxPooling1D/);
  expect(() => upSampling1d(1.5)).toThrow(/size of UpSampling1D/);
  expect(() => rescaling(Infinity)).toThrow(/scale of Rescaling must be a number or a list of numbers/);
  expect(() => rescaling(1, { offset: [1, 2] })(input([3]))).toThrow(/Rescaling.*cannot take \[3\]/);
});
