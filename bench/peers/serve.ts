/**
 * The peer's side of the line protocol, for peers in JavaScript. `serve.py` is the same for Python.
 *
 * The clock runs here, around `run` alone, so that neither JSON nor pipes are part of a figure.
 */

import { createInterface } from "node:readline";
import type { Failure, Request, RunReply, SetupReply, SetupRequest } from "../protocol.ts";
import { workloadByName, type Workload } from "../workloads.ts";

/** What a JavaScript peer implements. */
export interface Peer {
  /** Trainable scalars. */
  readonly numParameters: number;
  /** Library → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** Runs that many steps, each on the next batch, and resolves when the last is done. */
  run(steps: number): Promise<void>;
  /** The last loss (train) or the mean of the last output (infer). */
  lastValue(): Promise<number>;
}

/** Builds and compiles the model of a workload; throws where the library cannot. */
export type CreatePeer = (workload: Workload, setup: SetupRequest) => Promise<Peer>;

/** Answers requests until `quit` or the end of standard input. */
export async function serve(create: CreatePeer): Promise<void> {
  let peer: Peer | undefined;
  let cpuAtRest = process.cpuUsage();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.cmd === "quit") break;
    let reply: SetupReply | RunReply | Failure;
    try {
      if (request.cmd === "setup") {
        peer = await create(workloadByName(request.workload), request);
        reply = { ok: true, parameters: peer.numParameters, versions: peer.versions };
      } else {
        if (peer === undefined) throw new Error('"run" came before "setup"');
        const idle = process.cpuUsage(cpuAtRest);
        const start = performance.now();
        await peer.run(request.steps);
        const seconds = (performance.now() - start) / 1000;
        reply = { ok: true, seconds, idleCpuSeconds: (idle.user + idle.system) / 1e6, value: await peer.lastValue() };
      }
    } catch (error) {
      console.error(error);
      reply = { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
    cpuAtRest = process.cpuUsage();
  }
  process.exit(0);
}
