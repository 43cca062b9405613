import { expect, test } from "vitest";
import { moveApart } from "./curve-names.ts";
import { drawTerm } from "./loss-chart.ts";
import type { LossTerm } from "./loss-terms.ts";
import { parse, texts } from "./testing/page.ts";

const term = (training: number[], validation?: number[]): LossTerm => ({ key: "kl", name: "KL", training, validation });

/** The vertical places of the dots of a color. */
function dots(page: ParentNode, color: string): number[] {
  return [...page.querySelectorAll(`g[fill="${color}"] circle`)].map((dot) => Number(dot.getAttribute("cy")));
}

test("curves of training and validation lie at their values, with their names at the ends", async () => {
  const page = parse(await drawTerm(term([4, 2, 1], [4, 3, 2])));
  const [high, middle, low] = dots(page, "var(--training)") as [number, number, number];
  expect((middle - high) / (low - middle)).toBeCloseTo(2, 6);
  expect(dots(page, "var(--validation)")[2]).toBeCloseTo(middle, 6);
  expect(texts(page, ".curve-names text")).toEqual(["validation", "training"]);
  expect(texts(page, "title")[0]).toBe("epoch 1, training: 4.000");
});

test("a single curve needs no name", async () => {
  const page = parse(await drawTerm(term([1, 2])));
  expect(page.querySelector(".curve-names")).toBeNull();
  expect(page.querySelectorAll("circle")).toHaveLength(2);
});

test("phases are spans with their names, and curves do not go on from one to the next", async () => {
  const phases = [
    { name: "layer 1", epochs: 10 },
    { name: "fine-tuning", epochs: 20 },
    { name: "never reached", epochs: 5 },
  ];
  const page = parse(await drawTerm(term(Array.from({ length: 30 }, (_, index) => 1 / (index + 1))), phases));
  const labels = texts(page, "text");
  expect(labels).toContain("layer 1");
  expect(labels).toContain("fine-tuning");
  expect(labels.join(" ")).not.toContain("never");
  expect(page.querySelectorAll('[stroke="var(--training)"] path')).toHaveLength(2);
  expect(texts(page, "rect title")).toEqual(["layer 1: 10 epochs", "fine-tuning: 20 epochs"]);
  const span = page.querySelector('rect[fill="var(--phase)"]')!;
  const circles = [...page.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx")));
  const border = Number(span.getAttribute("x"));
  expect(circles[9]).toBeLessThan(border);
  expect(circles[10]).toBeGreaterThan(border);
});

test("positive values over more than two orders of magnitude have a logarithmic scale", async () => {
  const [first, second, third] = dots(parse(await drawTerm(term([100, 1, 0.01]))), "var(--training)");
  expect(third! - second!).toBeCloseTo(second! - first!, 6);
  const ticks = texts(parse(await drawTerm(term([100, 1, 0.01]))), "[aria-label='y-axis tick label'] text");
  expect(ticks).toContain("0.01");
});

test("values that are no numbers are gaps, and a thousand epochs stay small", async () => {
  expect(dots(parse(await drawTerm(term([1, Number.NaN, 3]))), "var(--training)")).toHaveLength(2);
  const { text } = await drawTerm(term(Array.from({ length: 5000 }, (_, index) => Math.exp(-index / 1000))));
  expect(text.length).toBeLessThan(40_000);
});

test("a constant lies in the middle, and large figures have short ticks", async () => {
  const ticks = async (values: number[]): Promise<string[]> =>
    texts(parse(await drawTerm(term(values))), "[aria-label='y-axis tick label'] text");
  expect(await ticks([3, 3])).toEqual(["1", "2", "3", "4", "5"]);
  expect(await ticks([-20_000, 40_000])).toEqual(["−20K", "−10K", "0", "10K", "20K", "30K", "40K"]);
});

test("names that are too close move apart by the same", () => {
  expect(moveApart([10, 50])).toEqual([10, 50]);
  expect(moveApart([10, 14])).toEqual([5, 19]);
});

test("shares have no axis beyond 0 and 1 unless they lie there", async () => {
  const ticks = async (values: number[]): Promise<number[]> =>
    texts(parse(await drawTerm({ ...term(values), isShare: true })), "[aria-label='y-axis tick label'] text").map(
      Number,
    );
  expect(Math.max(...(await ticks([1, 1])))).toBe(1);
  expect(Math.min(...(await ticks([0, 0])))).toBe(0);
  expect(Math.max(...(await ticks([0.4, 1.4])))).toBeGreaterThan(1);
});

test("phases without room for a name have numbers", async () => {
  const phases = ["layer 1", "layer 2", "fine-tuning"].map((name) => ({ name, epochs: 1 }));
  const narrow = parse(await drawTerm(term([3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]), phases));
  expect(texts(narrow, 'g[font-size="11"] text')).toEqual(["1", "2", "3"]);
  expect(narrow.textContent).not.toContain("…");
});
