/** Worker threads in Node. */
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerThread } from "./messages.ts";

export function startWorker(): WorkerThread {
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
