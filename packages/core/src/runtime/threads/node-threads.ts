/** Worker threads in Node. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerThread } from "./messages.ts";

/** Calls from WebAssembly to JavaScript before V8 compiles a wrapper for them: more than there ever are. */
const NEVER = 2 ** 31 - 1;

/** V8's first major version whose revectorization our tests ran on. */
const FIRST_WIDE_V8 = 13;

/**
 * Lets V8 make one operation on 256 bits of the same on two neighbouring 128-bit vectors (its "revectorization", an option that is
 * experimental and for x64 only). Lane by lane, the results are the same. Holds for modules that the process compiles from now on.
 *
 * @returns whether it can, given a processor with such vectors.
 */
export function widenVectors(): boolean {
  if (process.arch !== "x64" || Number.parseInt(process.versions.v8, 10) < FIRST_WIDE_V8) return false;
  setFlagsFromString("--experimental-wasm-revectorize");
  return true;
}

export function startWorker(): WorkerThread {
  // Node strips types with a WebAssembly module of its own, in each thread that loads a `.ts` file. Its wrappers are shared by
  // all threads, and V8 may free one twice when two threads compile it at the same time (seen in V8 13.6: "Check failed:
  // jit_page.has_value()" aborts the process, about once in a thousand threads). Without that compilation it cannot happen.
  if (import.meta.url.endsWith(".ts")) setFlagsFromString(`--wasm-wrapper-tiering-budget=${NEVER}`);
  const worker = new Worker(new URL("./node-worker.ts", import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on("message", (message: FromWorker) => listener(message)),
    onFailure(listener) {
      worker.on("error", (error) => listener(String(error)));
      worker.on("exit", (code) => listener(`it ended with code ${code}`));
    },
    keepAlive: (keep) => (keep ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
