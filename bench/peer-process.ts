/** A peer as a child process that answers requests one at a time. */

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import { interpreterOf } from "./interpreters.ts";
import { scriptPath, type PeerSpec } from "./peers.ts";
import type { Failure, Request, RunReply, SetupReply, SetupRequest } from "./protocol.ts";

const STDERR_LINES_KEPT = 20;
const QUIT_GRACE_MS = 5000;

/** What the harness asks of a peer. Every promise rejects with the peer's own words when it cannot. */
export interface PeerProcess {
  setup(request: Omit<SetupRequest, "cmd">): Promise<SetupReply>;
  /** Kills the peer and rejects when the steps take longer than `timeoutSeconds`. */
  run(steps: number, timeoutSeconds: number): Promise<RunReply>;
  /** Ends the process and waits for its end. */
  quit(): Promise<void>;
}

/** Starts a peer's process. A peer that fails to start says so in the reply to its first request. */
export function startPeer(spec: PeerSpec): PeerProcess {
  const script = scriptPath(spec);
  return startProcess(interpreterOf(script), [script, ...spec.command.slice(1)], spec.env);
}

/** As `startPeer`, for any program that speaks the protocol. */
export function startProcess(
  program: string,
  programArguments: readonly string[],
  env: Readonly<Record<string, string>> = {},
): PeerProcess {
  const child = spawn(program, programArguments, {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stderr = keepLastLines(child, STDERR_LINES_KEPT);
  const ended = endOf(child, stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // A peer that ended cannot be written to; the request that follows fails with the reason of its end.
  child.stdin.on("error", () => {});

  async function ask<Reply extends { readonly ok: true }>(request: Request): Promise<Reply> {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error(await ended);
    const reply = JSON.parse(line.value) as Reply | Failure;
    if (!reply.ok) throw new Error(reply.error);
    return reply;
  }

  return {
    setup: (request) => ask<SetupReply>({ cmd: "setup", ...request }),
    async run(steps, timeoutSeconds) {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        child.kill("SIGKILL");
      }, timeoutSeconds * 1000);
      try {
        return await ask<RunReply>({ cmd: "run", steps });
      } catch (error) {
        if (timedOut) throw new Error(`${steps} step(s) took more than ${timeoutSeconds} s`, { cause: error });
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    async quit() {
      const request: Request = { cmd: "quit" };
      child.stdin.end(`${JSON.stringify(request)}\n`);
      const timer = setTimeout(() => child.kill("SIGKILL"), QUIT_GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The last lines of standard error, which hold the reason when a process dies. */
function keepLastLines(child: ChildProcessWithoutNullStreams, count: number): string[] {
  const kept: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.trim() !== "") kept.push(line);
    if (kept.length > count) kept.shift();
  });
  return kept;
}

/** Resolves, when the process is gone, with how it went. */
function endOf(child: ChildProcessWithoutNullStreams, stderr: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(`could not start: ${error.message}`));
    child.on("close", (code, signal) => {
      resolve(`the peer ended (${signal ?? `exit code ${code}`})${stderr.length > 0 ? `: ${stderr.at(-1)}` : ""}`);
    });
  });
}
