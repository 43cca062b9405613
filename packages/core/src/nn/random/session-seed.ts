/** The seed behind everything that was not given its own: initial weights, dropout, shuffling. */
import { checkSeed } from "./random-bits.ts";

const session = { seed: 0, drawn: 0 };

/**
 * Sets the seed of all that follows, as Keras's `set_random_seed`: the same program gives the same model. It is 0 until
 * set, so a program that never calls this also gives the same model every time.
 *
 * @throws RangeError when the seed is not an integer from 0 to 2⁵³ − 1.
 */
export function setRandomSeed(seed: number): void {
  checkSeed(seed);
  session.seed = seed;
  session.drawn = 0;
}

export function sessionSeed(): number {
  return session.seed;
}

/** The seed, and how many streams were taken of it. */
export interface SessionState {
  readonly seed: number;
  readonly drawn: number;
}

export function sessionState(): SessionState {
  return { ...session };
}

/** Goes on from there. */
export function restoreSession(state: SessionState): void {
  Object.assign(session, state);
}

/** The next unused stream of random numbers of the session's seed. */
export function nextStream(): number {
  return session.drawn++;
}
