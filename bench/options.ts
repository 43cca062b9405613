/** The command line of the benchmark. */

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Effort } from "./measure.ts";
import { defaultPeers, parsePeer, type PeerChoice } from "./peers.ts";
import type { Mode } from "./protocol.ts";
import { workloadName, workloads } from "./workloads.ts";

export const USAGE = `Times Sandglass and its peers side by side.

  npm run bench -- [options]

  --workloads a,b     workloads by letter or name (default: all)
  --modes train,infer what to time (default: both)
  --peers sandglass,torch,jax-js@1
                      peers by name, with @n to give one n threads (default: all)
  --threads 1,2       threads of every peer, one table each (default: 2, or 1 on a single core)
  --batch 128         samples in a step
  --rounds 10         interleaved rounds
  --quick             3 short rounds, for a look rather than a figure
  --timeout 60        give a peer up whose step or round takes longer, in seconds
  --name NAME         results go to bench/results/NAME.json (default: the date and time)
  --show FILE         print the tables of an earlier result and exit
  --help              this text
`;

export interface Options {
  readonly workloads: readonly string[];
  readonly modes: readonly Mode[];
  readonly peers: readonly PeerChoice[];
  readonly threads: readonly number[];
  readonly batch: number;
  readonly effort: Effort;
  readonly name: string;
}

/** Either a run, or one of the two things to do instead. */
export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "show"; readonly file: string }
  | { readonly kind: "help" };

/** Reads the arguments; throws with what is known where one is not. */
export function parseCommand(args: readonly string[], now: Date = new Date()): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workloads: { type: "string", default: Object.keys(workloads).join(",") },
      modes: { type: "string", default: "train,infer" },
      peers: { type: "string", default: defaultPeers().join(",") },
      threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
      batch: { type: "string", default: "128" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      timeout: { type: "string", default: "60" },
      name: { type: "string", default: now.toISOString().slice(0, 19).replaceAll(":", "-") },
      show: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { kind: "help" };
  if (values.show !== undefined) return { kind: "show", file: values.show };
  if (/[/\\]/.test(values.name)) throw new Error(`--name is a file name without folders; got "${values.name}"`);

  const threads = values.threads.split(",").map((text) => positiveInteger("--threads", text));
  const tooMany = threads.find((count) => count > availableParallelism());
  if (tooMany !== undefined) {
    throw new Error(
      `--threads ${tooMany}: this machine has ${availableParallelism()} cores; a peer would time its own queue`,
    );
  }
  const rounds = values.rounds === undefined ? (values.quick ? 3 : 10) : positiveInteger("--rounds", values.rounds);
  return {
    kind: "run",
    options: {
      workloads: values.workloads.split(",").map(workloadName),
      modes: values.modes.split(",").map(parseMode),
      peers: values.peers.split(",").map(parsePeer),
      threads,
      batch: positiveInteger("--batch", values.batch),
      effort: {
        rounds,
        roundSeconds: values.quick ? 0.1 : 0.4,
        warmUpSeconds: values.quick ? 0.3 : 1.5,
        slowRounds: values.quick ? 1 : 3,
        slowStepSeconds: 1,
        timeoutSeconds: positiveInteger("--timeout", values.timeout),
      },
      name: values.name,
    },
  };
}

function parseMode(text: string): Mode {
  if (text === "train" || text === "infer") return text;
  throw new Error(`unknown mode "${text}"; expected train or infer`);
}

function positiveInteger(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} expects a positive whole number; got "${text}"`);
  return Number(text);
}
