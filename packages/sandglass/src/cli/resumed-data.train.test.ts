// Runs on folders of images and on tables that are killed and gone on with: the bits are those of a run that nothing has cut short.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { noisy } from "../images/decode/testing/image-files.ts";
import { csvLines } from "../tables/testing/table-files.ts";
import { refusal } from "./testing/outcome.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();
const fastClock = fileURLToPath(new URL("testing/fast-clock.ts", import.meta.url));
const EPOCHS = 12;

interface Case {
  readonly source: string;
  readonly words: readonly string[];
  /** Writes the data. */
  put(path: (name: string) => string): Promise<void>;
  /** Changes them a little. */
  change(path: (name: string) => string): void;
}

const images: Case = {
  source: "photos",
  words: ["--size", "16", "--unreadable", "0.2", "--augment", "flip,noise", "--group", "^(\\d)"],
  async put(path) {
    for (let number = 0; number < 60; number++) {
      const file = path(`photos/${number % 2 === 0 ? "even" : "odd"}/${number}.jpg`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await noisy(40, 30, number).jpeg().toBuffer());
    }
    writeFileSync(path("photos/odd/cut.jpg"), (await noisy(40, 30, 99).jpeg().toBuffer()).subarray(0, 900));
  },
  change: (path) => writeFileSync(path("photos/odd/1.jpg"), readFileSync(path("photos/odd/cut.jpg"))),
};

const table: Case = {
  source: "orders.csv",
  words: ["--types", "size=category", "--label", "late", "--scaling", "robust"],
  put(path) {
    const row = (at: number): string => `${at % 7},${(at * 37) % 50},${at % 11 === 0 ? "" : at % 5},${at % 3 > 1}`;
    writeFileSync(path("orders.csv"), csvLines("size,price,weight,late", 400, row));
    return Promise.resolve();
  },
  change: (path) => appendFileSync(path("orders.csv"), "\n1,2,3,true"),
};

test.each([
  ["images", images],
  ["a table", table],
])("%s", async (_, { source, words, put, change }) => {
  const cwd = newFolder();
  const path = (name: string): string => join(cwd, name);
  await put(path);
  const train = ["train", source, ...words, "--epochs", String(EPOCHS), "--batch-size", "4", "--seed", "3"];
  expect(await runCli([...train, "--out", "whole"], { cwd })).toMatchObject({ code: 0 });

  const killed = await runCli([...train, "--out", "cut"], {
    cwd,
    env: { NODE_OPTIONS: `--import ${JSON.stringify(fastClock)}` },
    onProgress: (stderr, child) => {
      if (/^epoch +3\//mu.test(stderr)) child.kill("SIGKILL");
    },
  });
  expect(killed.code).toBe(null);
  const { state, result } = JSON.parse(readFileSync(path("cut/run.json"), "utf8"));
  expect(state).toBe("running");
  expect(result.epochs).toBeGreaterThanOrEqual(2);
  expect(result.epochs).toBeLessThan(EPOCHS);

  const resumed = await runCli(["resume", "cut"], { cwd });
  expect(resumed.stderr).toContain(`cut: going on after ${result.epochs} epochs`);
  expect(resumed.code).toBe(0);
  for (const name of ["history.csv", "preparation.json"]) {
    expect(readFileSync(path(`cut/${name}`), "utf8")).toBe(readFileSync(path(`whole/${name}`), "utf8"));
  }
  expect(readFileSync(path("cut/model.keras")).equals(readFileSync(path("whole/model.keras")))).toBe(true);

  change(path);
  expect(refusal(await runCli(["resume", "cut", "--epochs", String(EPOCHS + 1)], { cwd }))).toEqual({
    code: 1,
    error: expect.stringMatching(
      new RegExp(
        `^the data "${source}" are not those of the run: .* Train anew, or give the data back as they were$`,
        "u",
      ),
    ),
  });
});
