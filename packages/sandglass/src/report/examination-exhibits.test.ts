import { dataset, type BarsExhibit, type RowsExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import type { Examination } from "../examination/examine.ts";
import { examinationExhibits } from "./examination-exhibits.ts";

/** Samples of one pixel, which is their number; the errors fall from the first to the last. */
function examination(count: number, shape = [1, 1, 1], labels?: Uint8Array): Examination {
  const size = shape.reduce((a, b) => a * b);
  const images = Uint8Array.from({ length: count * size }, (_, index) => Math.floor(index / size));
  return {
    data: dataset("numbers", shape, images, { labels, classNames: labels && ["even", "odd"] }),
    reconstructions: Float32Array.from(images, (value, index) => value / 255 + (index % size) / 10),
    errors: Float64Array.from({ length: count }, (_, sample) => (count - sample) / 100),
    mse: 0.1,
    explainedVariance: 0.5,
  };
}

/** The numbers of the samples that are shown. */
function shown(exhibit: unknown): number[] {
  const [original] = (exhibit as RowsExhibit).rows;
  return [...original!.values].map((value) => Math.round(value * 255));
}

test("typical samples, the hardest and the easiest, each beside its reconstruction", () => {
  const exhibits = examinationExhibits(examination(48));
  expect(exhibits.map(({ title }) => title)).toEqual(["Typical samples", "The hardest samples", "The easiest samples"]);
  expect(exhibits[0]!.note).toMatch(/^Above the original, below what/u);
  // The order is that of errors, which is the reverse of the numbers.
  expect(shown(exhibits[0])).toEqual([45, 41, 37, 33, 29, 25, 21, 17, 13, 9, 5, 1]);
  expect(shown(exhibits[1])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(shown(exhibits[2])).toEqual([47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36]);
  const hardest = exhibits[1] as RowsExhibit;
  expect(hardest.captions!.slice(0, 2)).toEqual(["0.48", "0.47"]);
  expect(hardest.rows[1]!.values[3]).toBeCloseTo(3 / 255, 6);
});

test("with labels, as many of each class, and the error of each class", () => {
  const labels = Uint8Array.from({ length: 40 }, (_, sample) => sample % 2);
  const exhibits = examinationExhibits(examination(40, [1, 1, 1], labels));
  expect(shown(exhibits[0]).map((sample) => sample % 2)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  expect((exhibits[0] as RowsExhibit).captions![0]).toMatch(/^even 0\./u);
  const bars = exhibits.at(-1) as BarsExhibit;
  expect(bars.names).toEqual(["even", "odd"]);
  // Means of 0.40, 0.38, … 0.02 and of 0.39, 0.37, … 0.01.
  expect(bars.values[0]).toBeCloseTo(0.21, 12);
  expect(bars.values[1]).toBeCloseTo(0.2, 12);
});

test("a table has the error of each column; few samples are shown once", () => {
  const exhibits = examinationExhibits(examination(4, [3]));
  expect(exhibits.map(({ kind }) => kind)).toEqual(["rows", "bars"]);
  expect(exhibits[0]!.note).toMatch(/^Left the original, right what/u);
  const bars = exhibits[1] as BarsExhibit;
  expect(bars.values[0]).toBeCloseTo(0, 6);
  expect(bars.values[1]).toBeCloseTo(0.01, 6);
  expect(bars.values[2]).toBeCloseTo(0.04, 6);
});
