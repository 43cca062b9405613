/** Virtual environments for what is compared with Python programs. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** What may start Python 3, in the order of trying: Unix, Windows and older habits. */
const PYTHON_COMMANDS: readonly (readonly string[])[] = [["python3"], ["python"], ["py", "-3"]];

/** TensorFlow and PyTorch publish no packages for older ones. */
const OLDEST_PYTHON = [3, 11] as const;

const PRINT_VERSION = "import sys; print(*sys.version_info[:2])";

/** The Python inside a virtual environment, whether it exists yet or not. */
export function pythonIn(environment: string): string {
  return process.platform === "win32" ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}

/**
 * Makes a virtual environment, unless it is there, and installs the pinned packages into it.
 *
 * @param environment its folder.
 * @param requirements the file that pins the packages.
 * @throws Error when there is no Python that is new enough, or the packages cannot be installed.
 */
export function makeEnvironment(environment: string, requirements: string): void {
  if (!existsSync(pythonIn(environment))) run([...findPython(), "-m", "venv", environment]);
  run([pythonIn(environment), "-m", "pip", "install", "--requirement", requirements]);
}

/** Runs a program with its output shown, and throws when it fails. */
export function run(
  command: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): void {
  const [program, ...programArguments] = command as [string, ...string[]];
  process.stdout.write(`> ${command.join(" ")}\n`);
  const { status, error } = spawnSync(program, programArguments, { stdio: "inherit", ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`"${command.join(" ")}" ended with exit code ${status}`);
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
