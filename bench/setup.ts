/** `npm run bench:setup`: installs the peers, Python ones into `bench/.venv`, JavaScript ones into `bench/node_modules`. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BENCH_FOLDER, VENV_FOLDER, venvPython } from "./interpreters.ts";

/** What may start Python 3, in the order of trying: Unix, Windows and older habits. */
const PYTHON_COMMANDS: readonly (readonly string[])[] = [["python3"], ["python"], ["py", "-3"]];

/** TensorFlow and PyTorch publish no packages for older ones. */
const OLDEST_PYTHON = [3, 11] as const;

const PRINT_VERSION = "import sys; print(*sys.version_info[:2])";

function main(): void {
  if (!existsSync(venvPython())) run([...findPython(), "-m", "venv", VENV_FOLDER]);
  run([venvPython(), "-m", "pip", "install", "--requirement", join(BENCH_FOLDER, "requirements.txt")]);
  run([...npmCommand(), "ci"]);
  process.stdout.write("The peers are installed. Now: npm run bench\n");
}

/** The command of a Python that is new enough; throws with those found otherwise. */
function findPython(): readonly string[] {
  const found: string[] = [];
  for (const command of PYTHON_COMMANDS) {
    const [program, ...programArguments] = command as [string, ...string[]];
    const { status, stdout } = spawnSync(program, [...programArguments, "-c", PRINT_VERSION], { encoding: "utf8" });
    if (status !== 0) continue;
    const [major = 0, minor = 0] = stdout.trim().split(" ").map(Number);
    if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) return command;
    found.push(`${command.join(" ")} is ${major}.${minor}`);
  }
  throw new Error(
    `no Python ${OLDEST_PYTHON.join(".")} or newer found (${found.length > 0 ? found.join(", ") : "none at all"}); ` +
      "install one from your system's packages and run this again",
  );
}

/** npm as the script that runs this one, so that no shell is needed on any system. */
function npmCommand(): readonly string[] {
  const script = process.env["npm_execpath"];
  if (script === undefined) throw new Error("run this as `npm run bench:setup`, so that it finds npm");
  return [process.execPath, script];
}

function run(command: readonly string[]): void {
  const [program, ...programArguments] = command as [string, ...string[]];
  process.stdout.write(`> ${command.join(" ")}\n`);
  const { status, error } = spawnSync(program, programArguments, { cwd: BENCH_FOLDER, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`"${command.join(" ")}" ended with exit code ${status}`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`bench:setup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
