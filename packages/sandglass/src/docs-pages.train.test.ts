/** The programs and commands of `docs` run as they stand there, in a folder with the data that they name. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillDocsFolder } from "./testing/docs-folder.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const launcher = fileURLToPath(new URL("../bin/sandglass.js", import.meta.url));

/** The blocks of a page in a language, with their first lines. */
function blocksOf(page: string, language: "ts" | "sh"): readonly (readonly [title: string, text: string])[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n(?<block>.*?)^\`\`\`$`, "gmsu"));
  return Array.from(blocks, ({ groups }) => groups?.["block"] ?? "").map((block) => [
    block.split("\n", 1)[0] ?? "",
    block,
  ]);
}

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-examples-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  await fillDocsFolder(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program says on standard error, and the code that it ends with. */
async function run(program: string, words: readonly string[]): Promise<{ code: unknown; errors: string }> {
  const running = spawn(program, words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  running.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [code] = (await once(running, "close")) as [unknown];
  return { code, errors };
}

describe.each([
  ["data.md", 5],
  ["classify.md", 5],
] as const)("the programs of %s", (page, least) => {
  const programs = blocksOf(page, "ts");

  test("there are some", () => {
    expect(programs.length).toBeGreaterThanOrEqual(least);
  });

  test.each(programs)("%s", async (_, program) => {
    const path = join(folder, "example.mts");
    writeFileSync(path, program);
    expect(await run(process.execPath, [path])).toEqual({ code: 0, errors: "" });
  });
});

// In the order of the page: later ones go on with the runs of earlier ones.
describe("the commands of classify.md", () => {
  const commands = blocksOf("classify.md", "sh");

  test("there are some", () => {
    expect(commands.length).toBeGreaterThanOrEqual(5);
  });

  test.each(commands)("%s", async (_, block) => {
    const npx = `npx() { shift; '${process.execPath}' '${launcher}' "$@"; }`;
    const { code, errors } = await run("bash", ["-ec", `${npx}\n${block}`]);
    expect(code, errors).toBe(0);
  });
});
