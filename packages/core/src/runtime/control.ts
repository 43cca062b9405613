/**
 * The first bytes of a device's memory: what its threads tell each other, as positions in an Int32Array over it, and the
 * few numbers that every program reads.
 */
import type { Bases } from "../compile/addresses.ts";

export const CONTROL = {
  /** Increases with every command. */
  epoch: 0,
  /** Number of the program to run, or `LEAVE`. */
  command: 1,
  /** How many threads have finished the command. */
  done: 2,
  barrierCount: 3,
  barrierGeneration: 4,
  /** Set where a thread's part of the program failed. */
  failed: 5,
  /** Number of samples in this run. */
  count: 6,
  step: 8,
  seed: 9,
  /** The integers 0, 1, 2, 3. */
  laneNumbers: 12,
  /** One counter a stage, from which threads draw the next slot. */
  claims: 64,
} as const;

/** Ask the workers to go back to their event loop, where messages reach them. */
export const LEAVE = -1;
export const MAX_STAGES = 192;
export const FIXED_ADDRESSES: Pick<Bases, "laneNumbers" | "step" | "seed"> = {
  laneNumbers: 4 * CONTROL.laneNumbers,
  step: 4 * CONTROL.step,
  seed: 4 * CONTROL.seed,
};
