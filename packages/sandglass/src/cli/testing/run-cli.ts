/** Runs the command line as its users do: as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../../bin/sandglass.js", import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Where it runs, and so where `runs` lies. */
  readonly cwd: string;
  /** Called with everything that was written to standard error so far. */
  readonly onProgress?: (stderr: string, child: ChildProcess) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node to start the launcher with; this process's own unless given. */
  readonly node?: string;
}

/** Runs `sandglass` with these arguments to its end. */
export function runCli(words: readonly string[], { cwd, onProgress, env, node }: CliOptions): Promise<Result> {
  // The test runner's own settings are not the user's.
  const { NODE_OPTIONS: _, SANDGLASS_DATA: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const child = spawn(node ?? process.execPath, [launcher, ...words], {
    cwd,
    env: { ...inherited, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onProgress?.(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
