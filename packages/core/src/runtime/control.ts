/**
 * The first bytes of a device's memory: what its threads tell each other, as positions in an Int32Array over it, and the
 * few numbers that every program reads.
 */
import type { Bases } from "../compile/addresses.ts";

export const CONTROL = {
  /** Increases with everything that workers are asked to do. */
  epoch: 0,
  /** Number of the program to run. */
  program: 1,
  /** How many workers have done their part of the run. */
  done: 2,
  barrierCount: 3,
  barrierGeneration: 4,
  /** Set where a thread's part of the program failed. */
  failed: 5,
  /** Number of samples in this run. */
  count: 6,
  /** How many runs there have been. */
  runs: 7,
  step: 8,
  seed: 9,
  /** How often workers were asked to go back to their event loop, where messages reach them. */
  leaves: 10,
  /** The integers 0, 1, 2, 3. */
  laneNumbers: 12,
  /** One counter a stage, from which threads draw the next slot. */
  claims: 64,
} as const;

/** As many as there are counters for; they take a quarter of the first page. Training a deep network takes six for each batch normalization. */
export const MAX_STAGES = 4096;
export const FIXED_ADDRESSES: Pick<Bases, "laneNumbers" | "step" | "seed"> = {
  laneNumbers: 4 * CONTROL.laneNumbers,
  step: 4 * CONTROL.step,
  seed: 4 * CONTROL.seed,
};
