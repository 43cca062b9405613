/** What the calling thread tells its workers, and what they answer. */
import type { ProgramImage } from "../run-stages.ts";

export type ToWorker =
  | {
      readonly kind: "start";
      readonly memory: WebAssembly.Memory;
      readonly thread: number;
      readonly numThreads: number;
    }
  | { readonly kind: "load"; readonly image: ProgramImage }
  | { readonly kind: "unload"; readonly id: number };

export type FromWorker = { readonly kind: "ready" } | { readonly kind: "error"; readonly message: string };

/** A worker thread, in Node or in a browser. */
export interface WorkerThread {
  post(message: ToWorker): void;
  /** Called with every answer. */
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called when the worker ends by itself, after which it answers nothing. */
  onFailure(listener: (reason: string) => void): void;
  /** Whether the process stays alive for this worker's sake: while an answer is awaited. */
  keepAlive(keep: boolean): void;
  terminate(): void;
}
