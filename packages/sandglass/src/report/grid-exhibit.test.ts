import type { GridExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import { drawGrid } from "./grid-exhibit.ts";
import { parse, pixelsOf, texts } from "./testing/page.ts";

const grid = (shape: number[], count: number, columns: number, captions?: string[]): GridExhibit => ({
  kind: "grid",
  columns,
  samples: { shape, values: Float32Array.from({ length: count * shape.reduce((a, b) => a * b) }, (_, i) => i / 10) },
  ...(captions && { captions }),
});

test("samples in order, in as many columns as asked for", async () => {
  const page = parse(await drawGrid(grid([1, 2, 1], 3, 2, ["a", "b", "c & d"])));
  const images = [...page.querySelectorAll("img")];
  expect(await Promise.all(images.map(pixelsOf))).toEqual([
    [0, 26],
    [51, 77],
    [102, 128],
  ]);
  expect(texts(page, "small")).toEqual(["a", "b", "c & d"]);
  expect(page.querySelector(".grid")!.getAttribute("style")).toMatch(/^--columns: 2;/u);
});

test("columns stay columns: the zoom is the largest whole one that has room", async () => {
  const style = async (...content: Parameters<typeof grid>): Promise<string | null> =>
    parse(await drawGrid(grid(...content)))
      .querySelector(".grid")!
      .getAttribute("style");
  expect(await style([28, 28, 1], 16, 16)).toContain("--zoom: 2; --phone-zoom: 1");
  expect(await style([28, 28, 1], 20, 20)).toContain("--zoom: 1; --phone-zoom: 1");
  expect(await style([3, 3, 1], 8, 8)).toContain("--zoom: 21; --phone-zoom: 12");
  expect(await style([28, 28, 1], 3, 10)).toMatch(/^--columns: 3;/u);
});

test("a list has its size on a narrow screen, too, and takes more lines there", async () => {
  const units = grid([3, 3, 1], 16, 12);
  const found = async (exhibit: GridExhibit): Promise<Element> =>
    parse(await drawGrid(exhibit)).querySelector(".grid")!;
  expect((await found(units)).className).toBe("grid");
  expect((await found(units)).getAttribute("style")).toContain("--zoom: 21; --phone-zoom: 7");
  expect((await found({ ...units, isList: true })).className).toBe("grid list");
  expect((await found({ ...units, isList: true })).getAttribute("style")).toContain("--zoom: 21; --phone-zoom: 21");
  expect((await found(grid([3, 3, 1], 1, 12, ["a"]))).className).toBe("grid list captioned");
});

test("colors, and the range of weights", async () => {
  const samples = { shape: [1, 1, 3], values: Float32Array.of(-0.5, 0, 0.5), range: [-0.5, 0.5] } as const;
  const page = parse(await drawGrid({ kind: "grid", columns: 1, samples }));
  expect(await pixelsOf(page.querySelector("img")!)).toEqual([0, 128, 255]);
  expect(texts(page, ".range span")).toEqual(["-0.50", "0.50"]);
});

test("samples that are no images are charts; many values are lines", async () => {
  const few = parse(await drawGrid(grid([12], 8, 4)));
  expect(few.querySelectorAll("svg path.bar")).toHaveLength(8);
  expect(texts(few.querySelector("svg")!, "text")).toHaveLength(12);
  const many = parse(await drawGrid(grid([300], 2, 2, ["first", "second"])));
  const line = many.querySelector("polyline")!.getAttribute("points")!.split(" ");
  expect(line).toHaveLength(300);
  // The first value is the smallest, the last of the second sample the largest.
  expect(line[0]).toBe("0.4,90");
  expect(many.querySelectorAll("polyline")[1]!.getAttribute("points")).toMatch(/ 239\.6,0$/u);
});

test("what is no grid is refused", async () => {
  await expect(drawGrid(grid([1, 2, 1], 3, 0))).rejects.toThrow("0 columns; expected a whole number from 1 on");
  await expect(drawGrid(grid([1, 2, 1], 3, 2, ["a"]))).rejects.toThrow("1 captions for 3 samples");
});
