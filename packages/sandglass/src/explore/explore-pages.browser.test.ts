// Pages of explorations in a real browser, on a telephone and on a desk, by day and by night.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNpz } from "@sandglass/core";
import type { Browser } from "playwright-core";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium, skipWithoutChromium } from "../../../../test/browser/chromium.ts";
import { lookAtPage, type PageFaults } from "../../../../test/browser/look-at-page.ts";
import type { ExploreRequest } from "./exploration.ts";
import { explore } from "./explore.ts";
import { exploreServices } from "./images/testing/explore-services.ts";
import { madeValues, oddValues, pngOf } from "./images/testing/made-pictures.ts";
import { renderExploration } from "./render-exploration.ts";
import { plantedCsv } from "./tables/testing/planted-table.ts";

beforeEach(skipWithoutChromium);

const folder = mkdtempSync(join(tmpdir(), "sandglass-pages-"));
const services = exploreServices();
let browser: Browser | undefined;
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const WELL: PageFaults = { complaints: [], requests: [], broken: [], overflow: 0, wide: [] };
const LONG = "a name that goes on and on, without any end_that_could_be_seen_from_where_it_begins";

/** Two parts of two classes, with a copy, one that is like no other, and one that cannot be read. */
async function folderOfImages(): Promise<string> {
  const root = join(folder, "made");
  for (const split of ["train", "test"]) {
    for (const [label, name] of (["left", "right"] as const).entries()) {
      mkdirSync(join(root, split, name), { recursive: true });
      for (let number = 0; number < 25; number++) {
        const seed = number + (split === "train" || number === 0 ? 0 : 100);
        writeFileSync(join(root, split, name, `${number}.png`), await pngOf(madeValues(label as 0 | 1, seed)));
      }
    }
  }
  writeFileSync(join(root, "train", "left", `${LONG}.png`), await pngOf(oddValues()));
  writeFileSync(join(root, "train", "left", "empty.png"), "");
  return root;
}

function table(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Many columns, of which some are alike, and some have long names. */
function wideTable(): string {
  const names = Array.from({ length: 45 }, (_, column) => (column % 9 === 0 ? `${LONG} ${column}` : `m${column}`));
  const lines = Array.from({ length: 200 }, (_, row) =>
    names.map((_, column) => (column % 5 === 4 && row % 7 === 0 ? "" : ((row + 1) * (column + 3) * 31) % 97)).join(","),
  );
  return table("wide.csv", [names.map((name) => `"${name}"`).join(","), ...lines].join("\n"));
}

function arrayOfNumbers(): string {
  const path = join(folder, "rows.npz");
  const data = Float64Array.from({ length: 300 * 6 }, (_, at) => 500 * Math.sin(at * at));
  const y = Int32Array.from({ length: 300 }, (_, row) => (row % 5 === 0 ? 1 : 0));
  writeFileSync(path, writeNpz({ X: { shape: [300, 6], data }, y: { shape: [300], data: y } }));
  return path;
}

describe.each<[string, () => string | Promise<string>, Partial<ExploreRequest>]>([
  ["images", folderOfImages, { augment: "flip, rotate=10" }],
  ["a table", () => table("orders.csv", plantedCsv()), {}],
  ["a wide table", wideTable, {}],
  ["an array of numbers", arrayOfNumbers, {}],
  ["arrays of images", () => "wardrobe", { choices: { count: 200 } }],
  ["a single row", () => table("one.csv", "a,b\n1,2\n"), {}],
])("the page of %s", (_, sourceOf, request) => {
  let html: string | undefined;
  test.each([
    [390, "light"],
    [390, "dark"],
    [1280, "light"],
    [1280, "dark"],
  ] as const)("is well at %i pixels, %s", async (width, colorScheme) => {
    html ??= await renderExploration(
      await explore(await sourceOf(), { choices: {}, augment: undefined, seed: 0, ...request }, await services()),
    );
    browser ??= await launchChromium();
    expect(await lookAtPage(browser, html, { width, colorScheme })).toEqual(WELL);
  });
});

test("what is wrong with a page is seen", async () => {
  browser ??= await launchChromium();
  const html =
    '<!doctype html><body><img src="data:image/png;base64,AAAA"><img src="https://example.org/a.png"><div style="width: 900px">wide</div>' +
    "<script>console.error('oh'); throw new Error('no')</script>";
  const faults = await lookAtPage(browser, html, { width: 390, colorScheme: "light" });
  expect(faults.requests).toEqual(["https://example.org/a.png"]);
  expect(faults.broken).toHaveLength(2);
  expect(faults.complaints).toEqual(expect.arrayContaining(["error: oh", "uncaught no"]));
  expect(faults.overflow).toBeGreaterThan(400);
  expect(faults.wide).toEqual([expect.stringContaining("wide")]);
});
