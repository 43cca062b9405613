import { expect, test } from "vitest";
import { drawBars } from "./bars-exhibit.ts";
import { parse, texts } from "./testing/page.ts";

test("a few values are lines with their names and figures; bars start at zero", async () => {
  const page = parse(
    await drawBars({ kind: "bars", values: [1.5, -0.5, 0, Number.NaN], names: ["a", "<b>", "c", "d"], axis: "weight" }),
  );
  expect(texts(page, "caption")).toEqual(["weight"]);
  expect(texts(page, "th")).toEqual(["a", "<b>", "c", "d"]);
  expect(texts(page, ".value")).toEqual(["1.500", "-0.500", "0.000", "NaN"]);
  expect([...page.querySelectorAll("i")].map((bar) => bar.getAttribute("style"))).toEqual([
    "left: 25.00%; width: 75.00%",
    "left: 0.00%; width: 25.00%",
    "left: 25.00%; width: 0.00%",
  ]);
});

test("without names things are numbered from 0, and whole numbers are counts", async () => {
  const page = parse(await drawBars({ kind: "bars", values: [1200, 3], axis: "uses" }));
  expect(texts(page, "th")).toEqual(["0", "1"]);
  expect(texts(page, ".value")).toEqual(["1,200", "3"]);
});

test("many values are columns as high as their values", async () => {
  const values = Array.from({ length: 100 }, (_, index) => (index === 7 ? 10 : 5));
  const page = parse(await drawBars({ kind: "bars", values, axis: "activity" }));
  const columns = [
    ...page
      .querySelector('path[fill="var(--accent)"]')!
      .getAttribute("d")!
      .matchAll(/M([\d.]+),([\d.]+)V([\d.]+)H/gu),
  ].map(([, , base, top]) => Number(base) - Number(top));
  expect(columns).toHaveLength(100);
  expect(columns[7]! / columns[8]!).toBeCloseTo(2, 2);
  expect(new Set(columns).size).toBe(2);
});

test("what the bars are stands below columns, and beside the title of lines", async () => {
  const drawn = async (count: number): Promise<HTMLElement> =>
    parse(
      await drawBars({ kind: "bars", values: Array(count).fill(1), axis: "share", bars: "unit, the busiest first" }),
    );
  expect(texts(await drawn(3), "caption")).toEqual(["share, by unit, the busiest first"]);
  expect((await drawn(40)).textContent).toContain("unit, the busiest first");
});

test("there is one name for each bar", async () => {
  await expect(drawBars({ kind: "bars", values: [1, 2], names: ["a"], axis: "" })).rejects.toThrow(
    "1 names for 2 bars",
  );
});
