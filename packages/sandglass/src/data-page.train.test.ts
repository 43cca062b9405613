/** The programs of `docs/data.md` run as they stand there. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import sharp from "sharp";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const page = readFileSync(join(root, "docs", "data.md"), "utf8");
const programs = Array.from(
  page.matchAll(/^```ts\n(?<program>.*?)^```$/gmsu),
  ({ groups }) => groups?.["program"] ?? "",
);

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-examples-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (let number = 0; number < 40; number++) {
    const values = Uint8Array.from({ length: 48 * 48 * 3 }, (_, at) => (at * (number + 3)) & 255);
    const photos = join(folder, "photos", number % 2 === 0 ? "even" : "odd");
    mkdirSync(photos, { recursive: true });
    await sharp(values, { raw: { width: 48, height: 48, channels: 3 } }).toFile(join(photos, `${number}.png`));
  }
  const lines = Array.from(
    { length: 200 },
    (_, at) => `${10_000 + (at % 9)},${at % 13}.5,${(at * 37) % 50},text ${at},${at % 3 === 0 ? "no" : "yes"}`,
  );
  writeFileSync(join(folder, "orders.csv"), ["zip,weight,price,remarks,late", ...lines].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("there are some", () => {
  expect(programs.length).toBeGreaterThan(4);
});

test.each(programs.map((program) => [/[^\n]*\n/u.exec(program)?.[0].trim() ?? "", program]))(
  "%s",
  async (_, program) => {
    const path = join(folder, "example.mts");
    writeFileSync(path, program);
    const running = spawn(process.execPath, [path], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    running.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const [code] = await once(running, "close");
    expect(errors).toBe("");
    expect(code).toBe(0);
  },
);
