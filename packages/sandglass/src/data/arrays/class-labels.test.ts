import type { NpyArray } from "@sandglass/core";
import { describe, expect, test } from "vitest";
import { classCoding, labelValues } from "./class-labels.ts";

const numbers = (shape: number[], ...data: number[]): NpyArray => ({
  shape,
  dtype: "float64",
  data: Float64Array.from(data),
});

describe("labels of a sample each", () => {
  test.each<[string, NpyArray, readonly (number | string)[] | undefined]>([
    ["a vector", numbers([3], 2, 0, 1), [2, 0, 1]],
    ["a column", numbers([3, 1], 2, 0, 1), [2, 0, 1]],
    ["one-hot rows", numbers([3, 3], 0, 0, 1, 1, 0, 0, 0, 1, 0), [2, 0, 1]],
    ["several a sample", numbers([3, 2], 1, 1, 0, 1, 1, 0), undefined],
    ["none of a sample", numbers([3, 2], 0, 0, 0, 1, 1, 0), undefined],
    ["shares", numbers([3, 2], 0.5, 0.5, 0, 1, 1, 0), undefined],
    ["texts", { shape: [3], dtype: "text", data: ["cat", "dog", "cat"] }, ["cat", "dog", "cat"]],
  ])("%s", (_, array, expected) => {
    expect(labelValues("y", array, 3)).toEqual(expected);
  });

  test.each([
    [numbers([2], 0, 1), /y has the shape \[2\], and there are 3 samples/],
    [numbers([], 0), /y has the shape \[\]/],
    [numbers([3, 1, 1], 0, 1, 2), /y has the shape \[3, 1, 1\]/],
    [numbers([3], 0, NaN, 1), /y: label 1 is NaN; every sample needs a class/],
  ])("refused: %j", (array, message) => {
    expect(() => labelValues("y", array, 3)).toThrow(message);
  });
});

describe("numbers of classes", () => {
  test("from 0 on are kept, with the names that are given", () => {
    const coding = classCoding([0, 2, 1], ["a", "b", "c"]);
    expect(coding).toMatchObject({ classNames: ["a", "b", "c"] });
    expect(coding.encode([2, 0])).toEqual(Uint8Array.of(2, 0));
    expect(classCoding([0, 300], undefined).encode([300, 1])).toEqual(Uint16Array.of(300, 1));
  });

  test("others are given in ascending order, and are the names", () => {
    const signs = classCoding([1, -1, 1], undefined);
    expect(signs).toMatchObject({ classNames: ["-1", "1"], note: "the labels -1, 1 are numbered from 0 on" });
    expect(signs.encode([1, -1])).toEqual(Uint8Array.of(1, 0));
    const large = classCoding([5, 100_000, 20_000, 300_000, 400_000], undefined);
    expect(large.note).toBe("the labels 5, 20000, 100000, … are numbered from 0 on");
    expect(large.encode([400_000])).toEqual(Uint8Array.of(4));
    const texts = classCoding(["dog", "cat"], undefined);
    expect(texts).toMatchObject({ classNames: ["cat", "dog"] });
    expect(texts.encode(["dog", "cat"])).toEqual(Uint8Array.of(1, 0));
  });

  test("are none of numbers that are measured", () => {
    const coding = classCoding([1, 2.5], undefined);
    expect(coding.encode([1, 2.5])).toBeUndefined();
    expect(coding.note).toBe("the labels have 2.5, which is no class; the samples have no labels");
  });

  test("are none of more than there may be", () => {
    const all = Array.from({ length: 70_000 }, (_, index) => `id${index}`);
    expect(classCoding(all, undefined).note).toBe("there are 70000 different labels; the samples have none");
  });
});
