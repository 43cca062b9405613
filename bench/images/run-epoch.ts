/** One pass over all images, in batches, as a training makes it. */

export type ReadBatch = (numbers: Uint32Array) => Promise<Uint8Array | Float32Array>;

/** What a pass took, in seconds. */
export interface Epoch {
  readonly seconds: number;
  /** Processor time of the calling thread, without that of the steps. */
  readonly threadSeconds: number;
  /** Processor time of all threads, without that of the steps. */
  readonly processSeconds: number;
}

/** Batches that are asked for before the first is used up. */
const AHEAD = 3;

/**
 * Reads `count` images in batches, and computes `stepMs` milliseconds of processor time after each.
 *
 * Times of threads are the system's, so that what else the machine does does not count.
 */
export async function runEpoch(read: ReadBatch, count: number, batch: number, stepMs: number): Promise<Epoch> {
  const starts = Array.from({ length: Math.ceil(count / batch) }, (_, index) => index * batch);
  const readFrom = (start: number): Promise<Uint8Array | Float32Array> =>
    read(Uint32Array.from({ length: Math.min(batch, count - start) }, (_, index) => start + index));
  const begun = performance.now();
  const [thread, all] = [process.threadCpuUsage(), process.cpuUsage()];
  let steps = 0;
  const ahead = starts.splice(0, AHEAD).map(readFrom);
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    await next;
    const start = starts.shift();
    if (start !== undefined) ahead.push(readFrom(start));
    if (stepMs > 0) steps += compute(stepMs / 1000);
  }
  return {
    seconds: (performance.now() - begun) / 1000,
    threadSeconds: total(process.threadCpuUsage(thread)) - steps,
    processSeconds: total(process.cpuUsage(all)) - steps,
  };
}

/** Keeps the calling thread busy for so much processor time, and gives how much it was. */
function compute(seconds: number): number {
  const before = process.threadCpuUsage();
  let used = 0;
  while (used < seconds) used = total(process.threadCpuUsage(before));
  return used;
}

function total({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}
