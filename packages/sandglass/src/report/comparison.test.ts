import { expect, test } from "vitest";
import { renderComparison } from "./comparison.ts";
import { parse, texts } from "./testing/page.ts";

test.for([
  [0.009, 0.012, "The model beats PCA: with 32 numbers for each sample, the same as PCA, its error is 25 % smaller."],
  [0.0115, 0.012, "The model beats PCA: with 32 numbers for each sample, the same as PCA, its error is 4.2 % smaller."],
  [0.012, 0.009, "PCA wins: with 32 numbers for each sample, the same as the model, its error is 25 % smaller, and"],
  [
    0.012,
    0.01201,
    "The model and PCA are equally good: with 32 numbers for each sample their errors differ by less than",
  ],
  [0, 0, "The model and PCA are equally good"],
] as const)("a model with %d beside PCA with %d: %s", ([modelMse, pcaMse, sentence]) => {
  const page = parse(renderComparison({ codeSize: 32, modelMse, mse: pcaMse }));
  expect(texts(page, "section > p")[0]).toContain(sentence);
});

test("the bars are as long as the errors", () => {
  const page = parse(renderComparison({ codeSize: 1, modelMse: 0.003, mse: 0.012 }));
  expect([...page.querySelectorAll("i")].map((bar) => bar.getAttribute("style"))).toEqual([
    "left: 0; width: 25.00%",
    "left: 0; width: 100.00%",
  ]);
  expect(texts(page, ".value")).toEqual(["0.00300", "0.01200"]);
  expect(page.textContent).toContain("with one number for each sample");
});

test.for([
  ["whole numbers", 0.012, "The error alone does not say who wins: the model’s code is 32 numbers that are whole"],
  [
    "large code",
    0.012,
    "This comparison says little: with 32 numbers for each sample next to nothing has to be left out",
  ],
  ["large code", 0.005, "The model beats PCA"],
] as const)("where %s speak against the comparison, an error of %d: %s", ([caveat, modelMse, sentence]) => {
  const page = parse(renderComparison({ codeSize: 32, modelMse, mse: 0.009, caveat }));
  expect(texts(page, "section > p")[0]).toContain(sentence);
});
