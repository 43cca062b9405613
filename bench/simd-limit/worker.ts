/** A thread of the SIMD limit probe: runs that many iterations on request and posts the seconds they took. */

import { parentPort, workerData } from "node:worker_threads";
import { multiplyAddModule, type MultiplyAdd } from "./module.ts";

const module = new WebAssembly.Module(multiplyAddModule(workerData as MultiplyAdd));
const { run } = new WebAssembly.Instance(module).exports as { run: (iterations: number) => number };

parentPort?.on("message", (iterations: number) => {
  const start = performance.now();
  run(iterations);
  parentPort?.postMessage((performance.now() - start) / 1000);
});
