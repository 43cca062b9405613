/**
 * Times one case: all peers at once, in interleaved rounds.
 *
 * Every peer is set up and warmed up first. Then each round measures the SIMD limit and lets every peer run its
 * steps, one peer after the other, so that whatever the machine does besides hits all of them alike. Between two
 * peers a short pause lets the threads of the one before fall asleep.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { flopsPerStep } from "./flops.ts";
import { startPeer, type PeerProcess } from "./peer-process.ts";
import type { PeerChoice } from "./peers.ts";
import type { Mode, SetupReply } from "./protocol.ts";
import type { CaseResult, PeerAbsence, PeerResult } from "./results.ts";
import { startSimdProbe } from "./simd-limit/probe.ts";
import { workloadByName } from "./workloads.ts";

/** How long and how often to measure. */
export interface Effort {
  readonly rounds: number;
  /** A round of a peer lasts about this long. */
  readonly roundSeconds: number;
  readonly warmUpSeconds: number;
  /** A peer whose single step takes longer than `slowStepSeconds` runs this many rounds of one step. */
  readonly slowRounds: number;
  readonly slowStepSeconds: number;
  /** A peer whose first step or any round takes longer than this is given up. */
  readonly timeoutSeconds: number;
}

export interface Case {
  readonly workload: string;
  readonly mode: Mode;
  readonly batch: number;
  readonly threads: number;
}

/** Threads of OpenMP peers spin for some milliseconds after their work; no peer is timed in that time. */
const SETTLE_MS = 30;
const CALIBRATION_RUNS = 5;

/** A peer that is ready to be timed, and what its rounds gave so far. */
interface Contestant {
  readonly choice: PeerChoice;
  readonly process: PeerProcess;
  readonly threads: number;
  readonly setup: SetupReply;
  readonly stepsPerRound: number;
  readonly maxRounds: number;
  readonly rounds: number[];
  readonly idleLoads: number[];
  value: number;
  /** When its last steps were done, in milliseconds. */
  restingSince: number;
}

/** Runs one case. `log` gets a line per peer and round of progress. */
export async function measureCase(
  { workload: name, mode, batch, threads }: Case,
  choices: readonly PeerChoice[],
  effort: Effort,
  log: (line: string) => void,
): Promise<CaseResult> {
  const workload = workloadByName(name);
  const probe = await startSimdProbe(threads);
  const limits: number[] = [];
  const absent: PeerAbsence[] = [];
  const contestants: Contestant[] = [];
  const giveUp = (choice: PeerChoice, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    absent.push({ label: choice.label, title: choice.spec.title, group: choice.spec.group, reason });
    log(`  ${choice.label}: not measured: ${reason}`);
  };

  try {
    for (const choice of choices.filter(({ spec }) => spec.modes.includes(mode))) {
      try {
        const contestant = await prepare(choice, { workload: name, mode, batch, threads }, effort);
        contestants.push(contestant);
        log(`  ${choice.label}: ready, ${contestant.stepsPerRound} steps a round`);
      } catch (error) {
        giveUp(choice, error);
      }
    }
    checkSameModel(contestants);
    for (let round = 0; round < effort.rounds; round++) {
      await sleep(SETTLE_MS);
      limits.push(await probe.measure());
      for (const contestant of contestants.filter(({ maxRounds }) => round < maxRounds)) {
        await sleep(SETTLE_MS);
        try {
          await runRound(contestant, effort.timeoutSeconds);
        } catch (error) {
          contestants.splice(contestants.indexOf(contestant), 1);
          giveUp(contestant.choice, error);
          await contestant.process.quit();
        }
      }
      log(`  round ${round + 1} of ${effort.rounds}`);
    }
  } finally {
    await Promise.all(contestants.map(({ process }) => process.quit()));
    await probe.dispose();
  }

  return {
    workload: name,
    letter: workload.letter,
    title: workload.title,
    mode,
    batch,
    threads,
    flopsPerStep: flopsPerStep(workload, mode, batch),
    simdLimit: { multiplyAdd: probe.multiplyAdd, rounds: limits },
    peers: contestants.map(toResult),
    absent,
  };
}

/** Starts a peer, builds its model, finds out how fast it is and warms it up. */
async function prepare(choice: PeerChoice, request: Case, effort: Effort): Promise<Contestant> {
  const { spec } = choice;
  const threads = spec.threaded ? (choice.threads ?? request.threads) : 1;
  const process = startPeer(spec);
  try {
    const setup = await process.setup({ ...request, threads });
    // The first step compiles, so only the second says how long a step takes.
    await process.run(1, effort.timeoutSeconds);
    const second = await process.run(1, effort.timeoutSeconds);
    const slow = second.seconds > effort.slowStepSeconds;
    let stepsPerRound = 1;
    if (!slow) {
      await process.run(Math.ceil(effort.warmUpSeconds / second.seconds), effort.timeoutSeconds);
      const seconds = await fastestStep(process, effort.timeoutSeconds);
      stepsPerRound = Math.max(1, Math.round(effort.roundSeconds / seconds));
    }
    const maxRounds = slow ? Math.min(effort.slowRounds, effort.rounds) : effort.rounds;
    return {
      choice,
      process,
      threads,
      setup,
      stepsPerRound,
      maxRounds,
      rounds: [],
      idleLoads: [],
      value: Number.NaN,
      restingSince: performance.now(),
    };
  } catch (error) {
    await process.quit();
    throw error;
  }
}

/** Seconds per step of the fastest of a few short runs: a slow one may be the machine's fault. */
async function fastestStep(process: PeerProcess, timeoutSeconds: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < CALIBRATION_RUNS; run++) {
    const { seconds } = await process.run(1, timeoutSeconds);
    fastest = Math.min(fastest, seconds);
  }
  return fastest;
}

async function runRound(contestant: Contestant, timeoutSeconds: number): Promise<void> {
  const restedSeconds = (performance.now() - contestant.restingSince) / 1000;
  const reply = await contestant.process.run(contestant.stepsPerRound, timeoutSeconds);
  if (reply.value === null) throw new Error("computed no finite number, so its speed says nothing");
  contestant.rounds.push(reply.seconds / contestant.stepsPerRound);
  contestant.idleLoads.push(reply.idleCpuSeconds / restedSeconds);
  contestant.value = reply.value;
  contestant.restingSince = performance.now();
}

/** Throws unless all peers built a model of the same number of parameters. */
function checkSameModel(contestants: readonly Contestant[]): void {
  const counts = new Set(contestants.map(({ setup }) => setup.parameters));
  if (counts.size > 1) {
    const list = contestants.map(({ choice, setup }) => `${choice.label}: ${setup.parameters}`).join(", ");
    throw new Error(`the peers do not run the same model; trainable parameters are ${list}`);
  }
}

function toResult({ choice, threads, setup, stepsPerRound, rounds, idleLoads, value }: Contestant): PeerResult {
  const { title, group } = choice.spec;
  const { versions, parameters } = setup;
  return {
    label: choice.label,
    title,
    group,
    threads,
    versions,
    parameters,
    stepsPerRound,
    rounds,
    idleLoads,
    value,
  };
}
