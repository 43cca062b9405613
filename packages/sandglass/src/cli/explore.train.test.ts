// The training that explore advises does run, on sets of every kind; and what real sets are said to have is what they have.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();
const shared = process.env["SANDGLASS_DATA"] ?? "";

/** Runs what explore advises, for one epoch. */
async function trainAsAdvised(cwd: string, command: readonly string[]): Promise<Result> {
  return runCli([...command, "--epochs", "1", "--out", "run", "--quiet"], { cwd });
}

/** The words of a command as a shell takes them, without the program's name. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1);
}

interface Found {
  readonly command: string;
  readonly advice: readonly { readonly reason: string }[];
}

async function exploreAs(cwd: string, words: readonly string[]): Promise<Found> {
  const { code, stdout, stderr } = await runCli(["explore", ...words, "--json", "--quiet"], { cwd });
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout) as Found;
}

test("wardrobe", async () => {
  const cwd = newFolder();
  const { command } = await exploreAs(cwd, ["wardrobe", "--count", "500"]);
  const { code, stderr } = await trainAsAdvised(cwd, wordsOf(command));
  expect([code, stderr]).toEqual([0, ""]);
  expect(existsSync(join(cwd, "run", "report.html"))).toBe(true);
});

describe.skipIf(shared === "")("real sets (needs SANDGLASS_DATA)", () => {
  test.each([
    [
      "chest-xray",
      ["--size", "64", "--color", "grey", "--group", String.raw`^(person\d+)`],
      /images are copies of another/u,
    ],
    ["cats-dogs", ["--size", "64"], /The images have 59 to 489 × 33 to 498 pixels/u],
    [
      "magnetic-tile/**/*.jpg",
      ["--size", "64", "--fit", "contain"],
      /MT_Free has 5\.0 times as many images as MT_Fray/u,
    ],
    ["photos/BSDS500_train", ["--augment", "shift=0.05,zoom=0.05"], /There are 100 images to train on/u],
    ["pneumonia-mnist/pneumoniamnist.npz", [], /8 images of validation are in train, too/u],
  ])("%s", async (source, options, reason) => {
    const cwd = newFolder();
    const { command, advice } = await exploreAs(cwd, [join(shared, source)]);
    const words = wordsOf(command);
    expect(words.slice(0, 2)).toEqual(["train", join(shared, source)]);
    expect(words).toEqual(expect.arrayContaining(options));
    expect(advice.map((one) => one.reason)).toEqual(expect.arrayContaining([expect.stringMatching(reason)]));
    const { code, stderr } = await trainAsAdvised(cwd, words);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("magnetic tiles with their masks are told from them", async () => {
    const { command } = await exploreAs(newFolder(), [join(shared, "magnetic-tile")]);
    expect(wordsOf(command)[1]).toBe(join(shared, "magnetic-tile", "**", "*.jpg"));
  });
});
