/**
 * Waiting for other threads: some microseconds of looking, then sleep. A step lasts about a millisecond, so the look
 * usually is enough; and a thread that waits for long does not take a processor from those that work.
 */
import { CONTROL } from "./control.ts";

/** About a tenth of a millisecond: what a caller needs between two steps for gathering the next batch. */
const LOOKS = 100_000;

/** Returns once `control[position]` is no longer `value`. Where the host forbids sleeping (a page's own thread), it only looks. */
export function waitWhile(control: Int32Array, position: number, value: number, maySleep: boolean): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, position) !== value) return;
  while (Atomics.load(control, position) === value) if (maySleep) Atomics.wait(control, position, value);
}

/** Returns once all threads have come here. */
export function barrier(control: Int32Array, numThreads: number, maySleep: boolean): void {
  if (numThreads === 1) return;
  const generation = Atomics.load(control, CONTROL.barrierGeneration);
  if (Atomics.add(control, CONTROL.barrierCount, 1) < numThreads - 1) {
    waitWhile(control, CONTROL.barrierGeneration, generation, maySleep);
    return;
  }
  Atomics.store(control, CONTROL.barrierCount, 0);
  Atomics.add(control, CONTROL.barrierGeneration, 1);
  Atomics.notify(control, CONTROL.barrierGeneration);
}

/** Whether this thread may sleep in `Atomics.wait`. */
export function maySleep(control: Int32Array): boolean {
  try {
    Atomics.wait(control, CONTROL.epoch, Atomics.load(control, CONTROL.epoch) + 1, 0);
    return true;
  } catch {
    return false;
  }
}
