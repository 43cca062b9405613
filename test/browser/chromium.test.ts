import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium, skipReason } from "./chromium.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chromium-"));
  await writeFile(path.join(folder, "google-chrome"), "#!/bin/sh\n");
  await writeFile(path.join(folder, "notes.txt"), "not a program");
  await chmod(path.join(folder, "google-chrome"), 0o755);
  await chmod(path.join(folder, "notes.txt"), 0o644);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("CHROMIUM_PATH comes before everything else", () => {
  const chosen = path.join(folder, "google-chrome");
  expect(findChromium({ CHROMIUM_PATH: chosen, PATH: "" })).toBe(chosen);
});

test.for(["notes.txt", "missing"])("a CHROMIUM_PATH that cannot be run is an error: %s", (name) => {
  expect(() => findChromium({ CHROMIUM_PATH: path.join(folder, name) })).toThrow(
    `CHROMIUM_PATH is "${path.join(folder, name)}", which is no program that can be run.`,
  );
});

test("a usual place comes before the PATH", () => {
  const usual = path.join(folder, "google-chrome");
  expect(findChromium({ PATH: folder }, [path.join(folder, "missing"), usual])).toBe(usual);
});

test("the folders of the PATH are searched in their order, for programs only", () => {
  const environment = { PATH: ["", path.join(folder, "nowhere"), folder].join(path.delimiter) };
  expect(findChromium(environment, [])).toBe(path.join(folder, "google-chrome"));
  expect(findChromium({ PATH: path.join(folder, "nowhere") }, [])).toBeUndefined();
});

test("without a browser tests are skipped, and the reason says how to get one", () => {
  expect(skipReason({ PATH: "" }, [])).toContain("apt-get install chromium");
  expect(skipReason({ PATH: "", CI: "false" }, [])).toContain("CHROMIUM_PATH");
});

test("nothing is skipped where there is a browser, or where CI is set", () => {
  expect(skipReason({ PATH: folder }, [])).toBeUndefined();
  expect(skipReason({ PATH: "", CI: "true" }, [])).toBeUndefined();
});
