import type { TableExhibit } from "@sandglass/core";
import { expect, test } from "vitest";
import { drawTable } from "./table-exhibit.ts";
import { parse, texts } from "./testing/page.ts";

const exhibit: TableExhibit = {
  kind: "table",
  columns: [
    { name: "weight <kg>", isNumber: true },
    { name: "city", isNumber: false },
  ],
  groups: [
    {
      caption: "0.12",
      lines: [
        { name: "original", cells: ["12.5", "Oslo"] },
        { name: "reconstruction", cells: ["3.1", "Rome & around"], marked: [1] },
      ],
    },
    { caption: "0.50", lines: [{ name: "original", cells: ["1", "x".repeat(41)] }] },
  ],
};

test("lines stand below each other, with their names and what they have in common; what stands out is marked", () => {
  const page = parse(drawTable(exhibit));
  expect(texts(page, "thead th")).toEqual(["weight <kg>", "city"]);
  expect(texts(page, "tbody th")).toEqual(["original", "reconstruction", "original"]);
  expect(texts(page, ".caption")).toEqual(["0.12", "0.50"]);
  expect(page.querySelector(".caption")!.getAttribute("rowspan")).toBe("2");
  expect(texts(page, "td.number")).toEqual(["12.5", "3.1", "1"]);
  expect(texts(page, "mark")).toEqual(["Rome & around"]);
});

test("names of columns may go on in another line", () => {
  const columns = [{ name: "days_in=transit(h)", isNumber: true }];
  const page = parse(drawTable({ kind: "table", columns, groups: [] }));
  expect(page.querySelector("thead th")!.innerHTML).toBe("days_<wbr>in=<wbr>transit<wbr>(h)");
});

test("long texts are cut off, and whole for the pointer", () => {
  const long = parse(drawTable(exhibit)).querySelector("tbody span")!;
  expect(long.textContent).toBe(`${"x".repeat(39)}…`);
  expect(long.getAttribute("title")).toBe("x".repeat(41));
});

test("lines without names or captions have no room for them", () => {
  const page = parse(drawTable({ ...exhibit, groups: [{ lines: [{ cells: ["1", "Oslo"] }] }] }));
  expect(texts(page, "thead td")).toEqual([]);
  expect(texts(page, "tbody td")).toEqual(["1", "Oslo"]);
});

test("there is one cell for each column", () => {
  expect(() => drawTable({ ...exhibit, groups: [{ lines: [{ cells: ["1"] }] }] })).toThrow("1 cells in a line for 2");
});
