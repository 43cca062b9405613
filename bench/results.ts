/** What a run of the benchmark records: every round, and all that is needed to judge or repeat it. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "./machine.ts";
import type { PeerGroup } from "./peers.ts";
import type { Mode } from "./protocol.ts";

/** One peer in one case. */
export interface PeerResult {
  readonly label: string;
  readonly title: string;
  readonly group: PeerGroup;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly parameters: number;
  /** Steps that each round ran. */
  readonly stepsPerRound: number;
  /** Seconds per step, one entry per round. */
  readonly rounds: readonly number[];
  /** Processors kept busy while other peers ran, one entry per round; near 0 unless its threads spin. */
  readonly idleLoads: readonly number[];
  /** The last loss, or the mean of the last output. */
  readonly value: number;
}

/** A peer that could not run a case, and why. */
export interface PeerAbsence {
  readonly label: string;
  readonly title: string;
  readonly group: PeerGroup;
  readonly reason: string;
}

/** One workload in one mode on one number of threads. */
export interface CaseResult {
  readonly workload: string;
  readonly letter: string;
  readonly title: string;
  readonly mode: Mode;
  readonly batch: number;
  readonly threads: number;
  /** Floating-point operations of one step, as counted in `flops.ts`. */
  readonly flopsPerStep: number;
  readonly simdLimit: {
    readonly multiplyAdd: string;
    /** GFLOP/s of all threads together, one entry per round. */
    readonly rounds: readonly number[];
  };
  readonly peers: readonly PeerResult[];
  readonly absent: readonly PeerAbsence[];
}

export interface BenchmarkResult {
  readonly name: string;
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly cases: readonly CaseResult[];
}

/** Writes the result as `bench/results/<name>.json` and returns the path. */
export async function writeResult(folder: string, result: BenchmarkResult): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${result.name}.json`);
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
  return path;
}
