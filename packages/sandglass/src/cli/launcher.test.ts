// The launcher on an older Node, where this machine has one on the PATH.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { version } from "../version.ts";
import { runCli } from "./testing/run-cli.ts";

const older = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((path) => existsSync(path) && majorOf(path) < 22);

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)/u.exec(stdout)?.[1] ?? Infinity);
}

test.skipIf(older === undefined)(
  "an older Node starts the newer one, and passes on what it prints and its exit code (skipped without one)",
  async () => {
    const options = { cwd: tmpdir(), node: older ?? "" };
    expect(await runCli(["--version"], options)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect((await runCli(["trian"], options)).code).toBe(2);
  },
);
