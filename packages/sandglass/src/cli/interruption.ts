/**
 * Ctrl-C. The first one asks the command to come to an end; the second one ends the process at once. npm passes on a
 * signal that the terminal sends to its children anyway, so two in short succession are one press of the keys.
 */
const SAME_PRESS_MS = 500;

/** The exit code of a program that Ctrl-C ended: 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

/** The user asked for the end before the command was done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("interrupted");
  }
}

export interface Interruption {
  /** Aborted by the first Ctrl-C, with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
  /** Gives Ctrl-C back its usual effect. */
  dispose(): void;
}

/** Watches for Ctrl-C (SIGINT) and for a polite request to end (SIGTERM). */
export function watchInterruption(notify: () => void): Interruption {
  const controller = new AbortController();
  let first: number | undefined;
  const listener = (): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      notify();
      controller.abort(new Interrupted());
    } else if (now - first > SAME_PRESS_MS) {
      process.exit(INTERRUPTED);
    }
  };
  process.on("SIGINT", listener).on("SIGTERM", listener);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off("SIGINT", listener).off("SIGTERM", listener);
    },
  };
}
