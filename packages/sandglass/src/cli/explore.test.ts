import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { madeValues, pngOf } from "../explore/images/testing/made-pictures.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();

/** A folder with a folder of images: 30 of each class, one of them empty. */
async function folderWithImages(): Promise<string> {
  const cwd = newFolder();
  for (const [label, name] of (["left", "right"] as const).entries()) {
    mkdirSync(join(cwd, "made", name), { recursive: true });
    for (let number = 0; number < 30; number++) {
      writeFileSync(join(cwd, "made", name, `${number}.png`), await pngOf(madeValues(label as 0 | 1, number)));
    }
  }
  writeFileSync(join(cwd, "made", "left", "empty.png"), "");
  return cwd;
}

test("writes a page, and prints what it found and what to train", async () => {
  const cwd = await folderWithImages();
  const { code, stdout, stderr } = await runCli(["explore", "made"], { cwd });
  expect(stderr).toContain("reading images: 60 …");
  expect(stderr).toContain("cannot be read: left/empty.png: the file is empty (0 bytes)");
  expect(stdout).toMatch(/^all +60 images: left 30, right 30$/mu);
  expect(stdout).toMatch(/^unreadable +1 of 61 files$/mu);
  expect(stdout).toMatch(/^page +explore\.html$/mu);
  expect(stdout).toMatch(/^Train: sandglass train made --augment shift=0\.05,zoom=0\.05$/mu);
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, "explore.html"), "utf8")).toContain("<title>made – Sandglass</title>");
}, 30_000);

test("--json is one object with all figures; an older page is replaced when asked to", async () => {
  const cwd = await folderWithImages();
  const page = join("pages", "made.html");
  const words = ["explore", "made", "--out", page, "--json", "--quiet"];
  const { code, stdout, stderr } = await runCli(words, { cwd });
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({
    page,
    kind: "images",
    images: 60,
    parts: [
      {
        count: 60,
        classes: [
          { className: "left", count: 30 },
          { className: "right", count: 30 },
        ],
      },
    ],
    files: { unreadable: [{ name: "left/empty.png" }] },
    command: "sandglass train made --augment shift=0.05,zoom=0.05",
  });
  const again = await runCli(words, { cwd });
  expect([again.code, JSON.parse(again.stdout)]).toEqual([
    1,
    {
      error: expect.objectContaining({
        message: expect.stringMatching(/^there is a file .*made\.html already; .*--force$/u),
      }),
    },
  ]);
  writeFileSync(join(cwd, page), "old");
  expect((await runCli([...words, "--force"], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, page), "utf8")).not.toBe("old");
}, 30_000);

test.each([
  [["nothing-there"], 2, /there is no data set "nothing-there"/u],
  [["wardrobe", "--size", "64"], 2, /--size is for images/u],
  [["wardrobe", "--augment", "flp"], 2, /--augment: unknown augmentation "flp"; did you mean "flip"\?/u],
  [["wardrobe", "--out", "."], 2, /--out \. is a folder; give the page a name/u],
  [[], 2, /missing required argument 'data'/u],
])("explore %j ends with %i", async (words, expected, message) => {
  const cwd = newFolder();
  const { code, stdout, stderr } = await runCli(["explore", ...words], { cwd });
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([expected, ""]);
  expect(existsSync(join(cwd, "explore.html"))).toBe(false);
});

test("Ctrl-C ends it and leaves no page", async () => {
  const cwd = await folderWithImages();
  let isPressed = false;
  const { code, stdout } = await runCli(["explore", "made"], {
    cwd,
    onProgress: (stderr, child) => {
      // Once: after the end of the command there is nobody to hear it.
      if (isPressed || !stderr.includes("reading headers")) return;
      isPressed = true;
      child.kill("SIGINT");
    },
  });
  expect([code, stdout]).toEqual([130, ""]);
  expect(existsSync(join(cwd, "explore.html"))).toBe(false);
}, 30_000);
