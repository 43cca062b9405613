/**
 * The browser's `Worker` on Node's worker threads, as much of it as a library needs that starts its threads from a
 * blob. With it jax-js uses the threads in Node that it uses in browsers.
 */

import { resolveObjectURL } from "node:buffer";
import { Worker as NodeWorker } from "node:worker_threads";

/** What a worker finds in its global scope: `self`, `postMessage` and an `onmessage` it may set. */
const PRELUDE = `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on("message", (data) => globalThis.onmessage({ data }));
`;

class WebWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly #started: Promise<NodeWorker>;

  constructor(url: string) {
    this.#started = this.#start(url);
    this.#started.catch((error: unknown) => this.onerror?.({ message: String(error) }));
  }

  async #start(url: string): Promise<NodeWorker> {
    const blob = resolveObjectURL(url);
    if (blob === undefined) throw new Error(`this Worker starts from blobs only; got ${url}`);
    const worker = new NodeWorker(PRELUDE + (await blob.text()), { eval: true });
    worker.on("message", (data: unknown) => this.onmessage?.({ data }));
    worker.on("error", (error: Error) => this.onerror?.({ message: error.message }));
    return worker;
  }

  postMessage(message: unknown): void {
    void this.#started.then((worker) => worker.postMessage(message));
  }
}

/** Installs `Worker` and the number of threads that libraries read from `navigator.hardwareConcurrency`. */
export function installWebWorker(threads: number): void {
  Object.defineProperty(globalThis, "Worker", { value: WebWorker, configurable: true });
  Object.defineProperty(globalThis.navigator, "hardwareConcurrency", { value: threads, configurable: true });
}
