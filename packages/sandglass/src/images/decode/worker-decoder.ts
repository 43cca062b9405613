/** Decoding in a thread of its own. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { DecodedSamples, DecodeJob } from "./decode-samples.ts";
import type { ImagePlan } from "./image-plan.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./worker-messages.ts";

/** Calls from WebAssembly to JavaScript before V8 compiles a wrapper for them: more than there ever are. */
const NEVER = 2 ** 31 - 1;

interface Pending {
  readonly resolve: (samples: DecodedSamples) => void;
  readonly reject: (error: unknown) => void;
}

/** Decodes samples in a worker thread. Keeps the process alive only while something is to be decoded. */
export class WorkerDecoder {
  /** Comes when the thread has ended. */
  readonly exited: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;
  /** Why nothing can be decoded any more. */
  #ended: { readonly reason: unknown } | undefined;

  /** Starts the thread. */
  constructor(plan: ImagePlan, maxPixels: number) {
    // As in the core's runtime/threads/node-threads.ts: V8 may abort when several threads strip types at once and compile wrappers.
    if (import.meta.url.endsWith(".ts")) setFlagsFromString(`--wasm-wrapper-tiering-budget=${NEVER}`);
    const start: WorkerStart = { plan, maxPixels };
    this.#worker = new Worker(new URL("./decode-worker.ts", import.meta.url), {
      workerData: start,
      // Promises and small arrays make much garbage, which a small heap gives back early.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.unref();
    this.#worker.on("message", (message: FromWorker) => this.#settle(message));
    this.#worker.on("error", (error) =>
      this.#end(new Error("the thread that decodes images failed", { cause: error })),
    );
    this.exited = new Promise((resolve) => {
      this.#worker.on("exit", () => {
        this.#end(new Error("the thread that decodes images has ended"));
        resolve();
      });
    });
  }

  /**
   * Decodes `count` samples by jobs. Several calls may be under way at once.
   *
   * @throws when the decoder was closed.
   */
  async decode(jobs: readonly DecodeJob[], count: number): Promise<DecodedSamples> {
    if (this.#ended !== undefined) throw this.#ended.reason;
    const id = this.#nextId++;
    const result = new Promise<DecodedSamples>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#worker.ref();
    this.#post({ kind: "decode", id, jobs, count });
    return result;
  }

  /** Ends the thread, once the images that it is decoding are done; what was asked for fails with this error. */
  async close(reason: unknown = new Error("the images were closed")): Promise<void> {
    if (this.#ended === undefined) {
      this.#end(reason);
      this.#worker.ref();
      this.#post({ kind: "stop" });
    }
    await this.exited;
  }

  #settle(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if (message.kind === "decoded") pending?.resolve(message.samples);
    else pending?.reject(message.error);
  }

  #end(reason: unknown): void {
    this.#ended ??= { reason };
    for (const { reject } of this.#pending.values()) reject(this.#ended.reason);
    this.#pending.clear();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
