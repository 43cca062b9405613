/** Runs commands of the program as users type them. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "packages", "sandglass", "bin", "sandglass.js");

/**
 * Runs a command of the program in the repository's folder, and says so on standard error.
 *
 * @param words those after `sandglass`.
 * @returns what it prints with `--json`.
 * @throws Error when it fails.
 */
export function runSandglass(words: readonly string[]): Promise<unknown> {
  process.stderr.write(`sandglass ${words.join(" ")}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words, "--json"], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(printed));
      else reject(new Error(`sandglass ${words.join(" ")} ended with ${code}: ${printed}`));
    });
  });
}
