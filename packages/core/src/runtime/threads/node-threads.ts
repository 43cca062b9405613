/** Worker threads in Node. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerThread } from "./messages.ts";

/** Calls from WebAssembly to JavaScript before V8 compiles a wrapper for them: more than there ever are. */
const NEVER = 2 ** 31 - 1;

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
