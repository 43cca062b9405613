import type { NpyNumbers } from "@sandglass/core";
import { expect, test } from "vitest";
import { valueScale } from "./value-scale.ts";

const of = (dtype: NpyNumbers["dtype"], data: NpyNumbers["data"]): NpyNumbers => ({
  shape: [data.length],
  dtype,
  data,
});

test.each([
  ["pixels", of("uint8", Uint8Array.of(0, 7, 200)), { dtype: "uint8", scale: 1 / 255 }],
  ["a mask", of("bool", Uint8Array.of(0, 1)), { dtype: "uint8", scale: 1 }],
  ["a mask of bytes", of("uint8", Uint8Array.of(0, 1)), { dtype: "uint8", scale: 1, note: /are 0 and 1/u }],
  ["wide integers", of("int64", Float64Array.of(0, 255)), { dtype: "uint8", scale: 1 / 255 }],
  ["16 bits", of("uint16", Uint16Array.of(0, 40_000)), { dtype: "float32", scale: 1 / 65535, note: /16 bits/u }],
  ["floats from 0 to 1", of("float32", Float32Array.of(0, 1)), { dtype: "float32", scale: 1 }],
  ["floats from −1 to 1", of("float32", Float32Array.of(-1, 1)), { dtype: "float32", scale: 1 }],
  [
    "floats from 0 to 255",
    of("float64", Float64Array.of(0, 254.5)),
    { dtype: "float32", scale: 1 / 255, note: /1\/255/u },
  ],
  ["floats beyond bytes", of("float32", Float32Array.of(0, 300)), { dtype: "float32", scale: 1 }],
  ["integers below 0", of("int16", Int16Array.of(-5, 200)), { dtype: "float32", scale: 1 }],
])("images: %s", (_, numbers, { note, ...expected }: { dtype: string; scale: number; note?: RegExp }) => {
  const { note: said = "", ...scale } = valueScale(numbers, true);
  expect(scale).toEqual(expected);
  expect(said).toMatch(note ?? /^$/u);
});

test.each([
  ["numbers", of("float64", Float64Array.of(0, 200)), { dtype: "float32", scale: 1 }],
  ["integers", of("int16", Int16Array.of(0, 200)), { dtype: "float32", scale: 1 }],
  ["flat pixels", of("uint8", Uint8Array.of(0, 255)), { dtype: "uint8", scale: 1 / 255 }],
  ["flags", of("uint8", Uint8Array.of(0, 1)), { dtype: "uint8", scale: 1 }],
  [
    "small numbers",
    of("uint8", Uint8Array.of(1, 10)),
    { dtype: "uint8", scale: 1, note: /up to 10, .*not as pixels/u },
  ],
])("tables: %s", (_, numbers, { note, ...expected }: { dtype: string; scale: number; note?: RegExp }) => {
  const { note: said = "", ...scale } = valueScale(numbers, false);
  expect(scale).toEqual(expected);
  expect(said).toMatch(note ?? /^$/u);
});
