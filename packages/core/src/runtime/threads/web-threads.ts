/** Web workers. */
import type { FromWorker, WorkerThread } from "./messages.ts";

/** No page can turn V8's revectorization on. */
export function widenVectors(): boolean {
  return false;
}

export function startWorker(): WorkerThread {
  const worker = new Worker(new URL("./web-worker.ts", import.meta.url), { type: "module" });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => listener(data)),
    onFailure: (listener) => worker.addEventListener("error", ({ message }) => listener(message)),
    keepAlive() {},
    terminate: () => worker.terminate(),
  };
}
