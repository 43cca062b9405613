import { expect, test } from "vitest";
import { cellType, formatCell, formatSigned, formatValue, listed, shareText } from "./format-cell.ts";

test("numbers have the digits that are read", () => {
  expect([0, 7, 2024, 12_345, -3, 0.1 + 0.2, 1234.5678, -0.00001234, 2e20, 1e-300].map(formatValue)).toEqual([
    "0",
    "7",
    "2024",
    "12,345",
    "−3",
    "0.3",
    "1234.6",
    "−1.234e−5",
    "2e+20",
    "1e−300",
  ]);
  expect(formatValue(-98_765.4)).toBe("−98,765");
});

test("dates are days, times, or both", () => {
  const noon = Date.UTC(2024, 2, 1, 12, 30);
  expect(formatCell("date", Date.UTC(2024, 2, 1))).toBe("2024-03-01");
  expect(formatCell("date", noon)).toBe("2024-03-01 12:30");
  expect(formatCell("date", noon + 7250)).toBe("2024-03-01 12:30:07");
  expect(cellType("date", { min: 0, max: 86_399_000 })).toBe("time");
  expect(cellType("date", { min: 0, max: 86_400_000 })).toBe("date");
  expect(formatCell("time", 30_600_000)).toBe("08:30");
});

test("what is missing is a dash", () => {
  expect([formatCell("number", Number.NaN), formatCell("text", undefined), formatCell("date", Number.NaN)]).toEqual([
    "—",
    "—",
    "—",
  ]);
});

test("names are quoted, and the last of many counted", () => {
  expect(listed(["a"])).toBe('"a"');
  expect(listed(["a", "b", "c"])).toBe('"a", "b" and "c"');
  expect(listed(["a", "b", "c", "d"], 3)).toBe('"a", "b", "c" and "d"');
  expect(listed(["a", "b", "c", "d", "e"], 3)).toBe('"a", "b", "c" and 2 more');
});

test("small shares are not nothing", () => {
  expect([0, 0.0001, 0.5].map(shareText)).toEqual(["0.0 %", "< 0.1 %", "50.0 %"]);
});

test("numbers with a sign have two decimals, and 0 none", () => {
  expect([-0.5, 0.256, -0.001].map(formatSigned)).toEqual(["−0.50", "0.26", "0.00"]);
});
