/** `npm run bench:setup`: installs the peers, Python ones into `bench/.venv`, JavaScript ones into `bench/node_modules`. */

import { join } from "node:path";
import { makeEnvironment, run } from "./python-environment.ts";
import { BENCH_FOLDER, VENV_FOLDER } from "./interpreters.ts";

function main(): void {
  makeEnvironment(VENV_FOLDER, join(BENCH_FOLDER, "requirements.txt"));
  run([...npmCommand(), "ci"], { cwd: BENCH_FOLDER });
  process.stdout.write("The peers are installed. Now: npm run bench\n");
}

/** npm as the script that runs this one, so that no shell is needed on any system. */
function npmCommand(): readonly string[] {
  const script = process.env["npm_execpath"];
  if (script === undefined) throw new Error("run this as `npm run bench:setup`, so that it finds npm");
  return [process.execPath, script];
}

try {
  main();
} catch (error) {
  process.stderr.write(`bench:setup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
