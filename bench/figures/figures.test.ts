import { join } from "node:path";
import { expect, test } from "vitest";
import { classifiers } from "./classifiers.ts";
import { inDataFolder, type MeasuredFigure, type PublishedFigure } from "./figure.ts";
import { figures } from "./figures.ts";
import { readMeasure } from "./measure.ts";
import { renderFigures } from "./render.ts";

const figure: PublishedFigure = {
  id: "a",
  title: "a model",
  source: "a book",
  measure: "val_mse",
  published: 0.0132,
  train: ["train", "mnist"],
};
const measured: MeasuredFigure = {
  id: "a",
  command: "sandglass train mnist",
  value: 0.01312,
  parameters: 1234,
  epochs: 3,
  seconds: 30,
  sandglass: "0.1.0",
  date: "2026-11-21",
};

test("figures are found anywhere in a result, and terms are added up", () => {
  expect(readMeasure("loss", { model: { options: { loss: "bce" } }, result: { figures: { loss: 3 } } })).toBe(3);
  const result = {
    state: "finished",
    result: { figures: { val_loss: 0.5, val_kl: 2 } },
    drawn: { accuracy: 0.8 },
    real: { accuracy: 0.9 },
  };
  expect(readMeasure("val_loss", result)).toBe(0.5);
  expect(readMeasure("val_loss + val_kl", result)).toBe(2.5);
  expect(readMeasure("drawn.accuracy", result)).toBe(0.8);
  expect(() => readMeasure("val_mse", result)).toThrow(/no figure "val_mse"/);
});

test("the table says what was not reached, and what was not measured", () => {
  const table = renderFigures([figure], new Map([["a", measured]]));
  expect(table).toContain("| a model | a book | `val_mse` | 0.0132 | **0.0131** | 1,234 | 30 s |");
  expect(renderFigures([figure], new Map([["a", { ...measured, value: 0.02 }]]))).toContain("**0.02** (not reached)");
  expect(
    renderFigures([{ ...figure, largerIsBetter: true }], new Map([["a", { ...measured, value: 0.02 }]])),
  ).toContain("**0.02** |");
  expect(renderFigures([figure], new Map([["a", { ...measured, others: { distance: 4.25 } }]]))).toContain(
    "**0.0131** (distance 4.25)",
  );
  expect(renderFigures([figure], new Map())).toContain("not measured");
  expect(table).toContain("- a: `sandglass train mnist`");
});

test("every figure has a name of its own", () => {
  const all = [...figures, ...classifiers];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test("commands name data within the user's folder", () => {
  expect(inDataFolder(["train", "DATA/cats", "DATA"], "data")).toEqual(["train", join("data", "cats"), "DATA"]);
  expect(() => inDataFolder(["DATA/cats"], undefined)).toThrow(
    /DATA\/cats lies in the folder that SANDGLASS_DATA names/,
  );
});
