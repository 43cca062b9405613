/** Worker threads in Node. */
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerThread } from "./messages.ts";

export function startWorker(): WorkerThread {
  const worker = new Worker(new URL("./node-worker.ts", import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    onMessage(listener) {
      worker.on("message", (message: FromWorker) => listener(message));
      worker.on("error", (error) => listener({ kind: "error", message: String(error) }));
    },
    keepAlive: (keep) => (keep ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
