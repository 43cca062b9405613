/** Where the programs are that run the peers: this Node, and the Python of the benchmark's virtual environment. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonIn } from "./python-environment.ts";

/** The benchmark's own folder. */
export const BENCH_FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** The virtual environment that `npm run bench:setup` makes. */
export const VENV_FOLDER = join(BENCH_FOLDER, ".venv");

/** The program that runs a peer's script, by the script's ending. `SANDGLASS_BENCH_PYTHON` names another Python. */
export function interpreterOf(script: string): string {
  if (script.endsWith(".ts")) return process.execPath;
  const chosen = process.env["SANDGLASS_BENCH_PYTHON"];
  if (chosen !== undefined && chosen !== "") return chosen;
  const python = pythonIn(VENV_FOLDER);
  if (!existsSync(python)) throw new Error("the Python peers are not installed; run `npm run bench:setup` first");
  return python;
}
