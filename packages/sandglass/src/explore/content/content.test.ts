import { expect, test } from "vitest";
import { parse, texts } from "../../report/testing/page.ts";
import { isTableContent, renderTableContent } from "./index.ts";

test("a card says what a column is, what its values are like, and what is odd", () => {
  const page = parse(
    renderTableContent({
      kind: "columns",
      cards: [
        {
          name: "price <€>",
          role: "number",
          isLeftOut: false,
          marks: ["skewed"],
          picture: { kind: "histogram", counts: [1, 0, 4], from: "0", to: "30", below: 0, above: 2 },
          facts: [["median", "12"]],
        },
        {
          name: "city",
          role: "left out",
          isLeftOut: true,
          note: "All its values are “Oslo”.",
          marks: [],
          picture: {
            kind: "categories",
            bars: [{ name: "Oslo & around", share: 0.5, text: "50 %" }],
            others: "3 others, 50 %",
          },
          facts: [],
        },
      ],
    }),
  );
  expect(texts(page, "header strong")).toEqual(["price <€>", "city"]);
  expect(texts(page, ".marks li")).toEqual(["skewed"]);
  expect(texts(page, "figcaption span")).toEqual(["0", "30"]);
  expect(texts(page, ".categories span")).toEqual(["Oslo & around"]);
  expect(texts(page, ".left-out p")).toEqual(["All its values are “Oslo”."]);
});

test("steps of a histogram are as high as their counts, and what lies further out stands apart", () => {
  const page = parse(
    renderTableContent({
      kind: "columns",
      cards: [
        {
          name: "a",
          role: "number",
          isLeftOut: false,
          marks: [],
          picture: { kind: "histogram", counts: [2, 4], from: "0", to: "2", below: 0, above: 1 },
          facts: [],
        },
      ],
    }),
  );
  const heights = (selector: string): number[] =>
    [...(page.querySelector(selector)?.getAttribute("d") ?? "").matchAll(/v-([\d.]+)h/gu)].map(([, height]) =>
      Number(height),
    );
  expect(heights(".inside")).toEqual([28, 56]);
  expect(heights(".far")).toEqual([14]);
});

test("correlations are squares by sign and strength, with figures where there is room", () => {
  const values = [
    [1, -0.5, -0.004],
    [-0.5, 1, 0.25],
    [-0.004, 0.25, Number.NaN],
  ];
  const page = parse(renderTableContent({ kind: "heat", names: ["a", "b", "c"], values }));
  expect(texts(page, ".figure-in")).toEqual(["−0.50", "0.00", "−0.50", "0.25", "0.00", "0.25"]);
  expect(page.querySelectorAll("path.negative")).toHaveLength(1);
  expect(page.querySelector("path.negative")?.getAttribute("fill-opacity")).toBe("0.5");
  expect(texts(page, ".beside")).toEqual(["a", "b", "c"]);

  const names = Array.from({ length: 40 }, (_, index) => `column ${index}`);
  const many = renderTableContent({
    kind: "heat",
    names,
    values: names.map((_, row) => names.map((__, at) => (row === at ? 1 : 0.3))),
  });
  expect(parse(many).querySelectorAll(".figure-in")).toHaveLength(0);
  expect(many.text.length).toBeLessThan(60_000);
});

test("other content is not of tables", () => {
  expect(isTableContent({ kind: "bars" })).toBe(false);
  expect(isTableContent({ kind: "heat" })).toBe(true);
});
