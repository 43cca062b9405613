import type { ScatterExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import { CLASS_COLORS, classMark } from "./class-mark.ts";
import { drawScatter } from "./scatter-exhibit.ts";
import { parse, texts } from "./testing/page.ts";

const axes = ["code 1", "code 2"] as const;

/** Paths of points that have something in them, by color. */
function pointsByColor(page: ParentNode): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const path of page.querySelectorAll('svg.scatter path[stroke^="var(--class"]')) {
    const color = path.getAttribute("stroke") ?? "";
    counts[color] = (counts[color] ?? 0) + (path.getAttribute("d")?.match(/M/gu)?.length ?? 0);
  }
  return counts;
}

test("each point has the color of its class, and the legend counts them", async () => {
  const exhibit: ScatterExhibit = {
    kind: "scatter",
    axes,
    points: Float32Array.of(0, 0, 1, 1, 10, 10, 9, 9, 0.5, 0),
    labels: Uint8Array.of(0, 0, 2, 2, 0),
    classNames: ["cat & dog", "nothing", "fish"],
  };
  const page = parse(await drawScatter(exhibit));
  expect(pointsByColor(page)).toEqual({ "var(--class-0)": 3, "var(--class-2)": 2 });
  expect(texts(page, ".classes li")).toEqual(["cat & dog 3", "fish 2"]);
  expect(texts(page, ".class-names text")).toEqual(["cat & dog", "fish"]);
  expect(page.querySelector("svg")!.getAttribute("aria-label")).toBe("5 points over code 1 and code 2");
  expect(page.textContent).toContain("code 1");
});

test("a point lies where its axes say", async () => {
  const points = Float32Array.of(0, 0, 10, 10, 5, 2.5);
  const page = parse(await drawScatter({ kind: "scatter", axes, points }));
  const places = [...page.querySelectorAll('path[stroke="var(--class-0)"]')]
    .flatMap((path) => [...(path.getAttribute("d") ?? "").matchAll(/M([\d.]+),([\d.]+)/gu)])
    .map(([, x, y]) => [Number(x), Number(y)]);
  const [[left, bottom], [right, top], [x, y]] = places as [[number, number], [number, number], [number, number]];
  expect(x).toBeCloseTo((left + right) / 2, 0);
  expect(y).toBeCloseTo(bottom - (bottom - top) / 4, 0);
  expect(left).toBeLessThan(right);
  expect(top).toBeLessThan(bottom);
});

test("without labels there is no legend, and points that are no numbers are left out", async () => {
  const page = parse(await drawScatter({ kind: "scatter", axes, points: Float32Array.of(1, 2, Number.NaN, 0, 3, 4) }));
  expect(pointsByColor(page)).toEqual({ "var(--class-0)": 2 });
  expect(page.querySelector(".classes")).toBeNull();
});

test("5,000 points take less than 100 kB", async () => {
  const points = Float32Array.from({ length: 10_000 }, (_, index) => Math.sin(index * 12.9898) * 43.7);
  const labels = Uint8Array.from({ length: 5000 }, (_, index) => index % 10);
  const { text } = await drawScatter({ kind: "scatter", axes, points, labels });
  expect(text.length).toBeLessThan(100_000);
  expect(pointsByColor(parse({ text }))["var(--class-9)"]).toBe(500);
});

test("thirty classes look different, by color or by shape", () => {
  const looks = Array.from({ length: 30 }, (_, label) => {
    const { at, attributes } = classMark(label);
    return `${attributes(4)["stroke"]} ${at(0, 0, 4)}`;
  });
  expect(new Set(looks).size).toBe(30);
  expect(new Set(looks.slice(0, CLASS_COLORS).map((look) => look.split(" ")[1])).size).toBe(1);
});

test("names that would lie over one another are left to the legend", async () => {
  const points = Float32Array.of(5, 5, 5.01, 5, 0, 0, 10, 10);
  const labels = Uint8Array.of(0, 1, 2, 3);
  const page = parse(await drawScatter({ kind: "scatter", axes, points, labels }));
  expect(texts(page, ".class-names text")).toEqual(["class 0", "class 2", "class 3"]);
  expect(texts(page, ".classes li")).toHaveLength(4);
});

test("names that are long are shortened in the map, and large figures on the axes", async () => {
  const exhibit: ScatterExhibit = {
    kind: "scatter",
    axes,
    points: Float32Array.of(-1e5, 0, 1e5, 1),
    labels: Uint8Array.of(0, 0),
    classNames: ["a name that is rather long"],
  };
  const page = parse(await drawScatter(exhibit));
  expect(texts(page, ".class-names text")).toEqual(["a name that is ra…"]);
  expect(texts(page, ".classes li")).toEqual(["a name that is rather long 2"]);
  expect(texts(page, "[aria-label='x-axis tick label'] text")).toContain("−100K");
});

test("labels must belong to points", async () => {
  const points = Float32Array.of(1, 2, 3, 4);
  await expect(drawScatter({ kind: "scatter", axes, points, labels: Uint8Array.of(1) })).rejects.toThrow(
    "1 labels for 2 points",
  );
});
