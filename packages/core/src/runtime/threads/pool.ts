/** The workers of a device. */
import { startWorker } from "#threads";
import { CONTROL, LEAVE } from "../control.ts";
import { waitWhile } from "../synchronize.ts";
import type { FromWorker, ToWorker, WorkerThread } from "./messages.ts";

export class ThreadPool {
  readonly #workers: readonly WorkerThread[];
  readonly #control: Int32Array;
  readonly #maySleep: boolean;
  #inLoop = false;
  #disposed = false;
  /** The last broadcast: the next one waits for it. */
  #queue: Promise<void> = Promise.resolve();
  #pending: { missing: number; resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(workers: readonly WorkerThread[], control: Int32Array, maySleep: boolean) {
    this.#workers = workers;
    this.#control = control;
    this.#maySleep = maySleep;
    for (const worker of workers) worker.onMessage((message) => this.#receive(message));
  }

  /** Starts `numThreads` − 1 workers over a shared memory; the calling thread is the first of the threads. */
  static async start(numThreads: number, memory: WebAssembly.Memory, maySleep: boolean): Promise<ThreadPool> {
    const workers = Array.from({ length: numThreads - 1 }, startWorker);
    const pool = new ThreadPool(workers, new Int32Array(memory.buffer), maySleep);
    await pool.#postAll((thread) => ({ kind: "start", memory, thread, numThreads }));
    return pool;
  }

  get numThreads(): number {
    return this.#workers.length + 1;
  }

  /** Sends a message to every worker and waits until all have acted on it. */
  async broadcast(message: ToWorker): Promise<void> {
    await this.#postAll(() => message);
  }

  /** Has every worker begin its part of a program. */
  begin(program: number): void {
    Atomics.store(this.#control, CONTROL.done, 0);
    this.#command(program);
  }

  /** Returns once every worker has done its part. */
  finish(): void {
    for (;;) {
      const done = Atomics.load(this.#control, CONTROL.done);
      if (done >= this.#workers.length) return;
      waitWhile(this.#control, CONTROL.done, done, this.#maySleep);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#pending?.resolve();
    for (const worker of this.#workers) worker.terminate();
  }

  #postAll(messageFor: (thread: number) => ToWorker): Promise<void> {
    const posted = this.#queue.then(() => this.#postNow(messageFor));
    // Whoever asked is told of a failure; the next broadcast is not kept from trying.
    this.#queue = posted.catch(() => {});
    return posted;
  }

  async #postNow(messageFor: (thread: number) => ToWorker): Promise<void> {
    if (this.#disposed || this.#workers.length === 0) return;
    if (this.#inLoop) this.#command(LEAVE);
    this.#inLoop = false;
    for (const worker of this.#workers) worker.keepAlive(true);
    await new Promise<void>((resolve, reject) => {
      this.#pending = { missing: this.#workers.length, resolve, reject };
      for (const [index, worker] of this.#workers.entries()) worker.post(messageFor(index + 1));
    });
    for (const worker of this.#workers) worker.keepAlive(false);
    this.#inLoop = true;
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    if (message.kind === "error") {
      pending.reject(new Error(`a worker thread failed: ${message.message}`));
      return;
    }
    pending.missing -= 1;
    if (pending.missing === 0) pending.resolve();
  }

  #command(command: number): void {
    Atomics.store(this.#control, CONTROL.command, command);
    Atomics.add(this.#control, CONTROL.epoch, 1);
    Atomics.notify(this.#control, CONTROL.epoch);
  }
}
