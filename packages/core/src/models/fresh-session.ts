import { countedNames, resetNames, restoreNames } from "../nn/names.ts";
import { restoreSession, sessionState, setRandomSeed } from "../nn/random/session-seed.ts";

/**
 * Builds something as a program that does nothing else would: names begin to count anew, and first weights follow from the seed alone.
 * The session goes on afterwards as if nothing had been built.
 */
export function inFreshSession<T>(seed: number, build: () => T): T {
  const [names, session] = [countedNames(), sessionState()];
  resetNames();
  setRandomSeed(seed);
  try {
    return build();
  } finally {
    restoreNames(names);
    restoreSession(session);
  }
}
