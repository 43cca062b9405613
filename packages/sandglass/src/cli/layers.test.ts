import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();

async function train(cwd: string, ...model: string[]): Promise<void> {
  const words = ["train", "wardrobe", "--count", "60", "--epochs", "1", "--threads", "1", "--quiet", ...model];
  const { code, stderr } = await runCli(words, { cwd });
  expect([code, stderr]).toEqual([0, ""]);
}

test("a page with filters and maps of each convolution", async () => {
  const cwd = newFolder();
  await train(cwd, "--model", "conv", "--filters", "3,5");
  const words = ["layers", "runs/last", "wardrobe", "--sample", "2", "--threads", "1", "--json"];
  const { code, stdout, stderr } = await runCli(words, { cwd });
  expect(code, stderr).toBe(0);
  const sections = [
    "The image",
    "conv2d: 3 filters of 3 × 3",
    "conv2d: 3 maps of 28 × 28",
    "conv2d_1: 5 filters of 3 × 3",
    "conv2d_1: 5 maps of 14 × 14",
  ];
  expect(JSON.parse(stdout)).toEqual({ page: "layers.html", sections });
  const page = readFileSync(join(cwd, "layers.html"), "utf8");
  for (const section of sections) expect(page).toContain(`<h2>${section}</h2>`);
  // The image, 3 filters and maps, 5 filters of 3 kernels each, 5 maps.
  expect(page.match(/<img /gu)).toHaveLength(1 + 3 + 3 + 15 + 5);
  const refused = async (...more: string[]): Promise<unknown[]> => {
    const result = await runCli(["layers", "runs/last", "wardrobe", "--threads", "1", ...more], { cwd });
    return [result.code, result.stderr];
  };
  expect(await refused()).toEqual([1, expect.stringMatching(/there is a file layers\.html already/u)]);
  expect(await refused("--force", "--layer", "conv")).toEqual([
    1,
    expect.stringMatching(/no layer "conv"; did you mean/u),
  ]);
}, 60_000);

test("a network without convolutions has nothing to show", async () => {
  const cwd = newFolder();
  await train(cwd, "--model", "deep", "--units", "8");
  const { code, stdout, stderr } = await runCli(["layers", "runs/last", "wardrobe", "--threads", "1"], { cwd });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/has no convolution, and so no feature maps/u);
}, 60_000);
