/** Measures the multiply-add throughput of 128-bit SIMD on this machine, as often as asked, on some threads at once. */

import { Worker } from "node:worker_threads";
import { bestMultiplyAdd, FLOPS_PER_ITERATION, type MultiplyAdd } from "./module.ts";

const PROBE_SECONDS = 0.05;

export interface SimdProbe {
  readonly multiplyAdd: MultiplyAdd;
  /** GFLOP/s of all threads together, each running its own chains at the same time. */
  measure(): Promise<number>;
  /** Ends the threads. */
  dispose(): Promise<void>;
}

/** Starts the threads and warms them up, so that `measure` runs optimized code. */
export async function startSimdProbe(threads: number): Promise<SimdProbe> {
  const multiplyAdd = bestMultiplyAdd();
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL("./worker.ts", import.meta.url), { workerData: multiplyAdd }),
  );
  const runAll = (iterations: number): Promise<number[]> =>
    Promise.all(workers.map((worker) => run(worker, iterations)));

  // V8 compiles the function anew once it is hot, which many short calls make it.
  for (let call = 0; call < 50; call++) await runAll(2000);
  const trial = await runAll(50_000);
  const iterations = Math.ceil((50_000 * PROBE_SECONDS) / Math.max(...trial));

  return {
    multiplyAdd,
    async measure() {
      const seconds = await runAll(iterations);
      return seconds.reduce((sum, each) => sum + (iterations * FLOPS_PER_ITERATION) / each / 1e9, 0);
    },
    async dispose() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function run(worker: Worker, iterations: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onMessage = (seconds: number): void => {
      worker.off("error", onError);
      resolve(seconds);
    };
    const onError = (error: Error): void => {
      worker.off("message", onMessage);
      reject(error);
    };
    worker.once("message", onMessage);
    worker.once("error", onError);
    worker.postMessage(iterations);
  });
}
