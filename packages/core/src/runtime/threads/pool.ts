/** The workers of a device. */
import { startWorker } from "#threads";
import { CONTROL } from "../control.ts";
import { waitWhile } from "../synchronize.ts";
import type { FromWorker, ToWorker, WorkerThread } from "./messages.ts";

/** A broadcast that has not been answered by all. */
interface Pending {
  missing: number;
  failure: Error | undefined;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class ThreadPool {
  readonly #workers: readonly WorkerThread[];
  readonly #control: Int32Array;
  readonly #maySleep: boolean;
  #inLoop = false;
  #disposed = false;
  /** The last broadcast: the next one waits for it. */
  #queue: Promise<void> = Promise.resolve();
  #pending: Pending | undefined;
  /** Set where a worker has ended by itself: it will take part in no run. */
  #failure: Error | undefined;

  private constructor(workers: readonly WorkerThread[], control: Int32Array, maySleep: boolean) {
    this.#workers = workers;
    this.#control = control;
    this.#maySleep = maySleep;
    for (const worker of workers) {
      worker.onMessage((message) => this.#receive(message));
      worker.onFailure((reason) => this.#fail(reason));
    }
  }

  /** Starts `numThreads` − 1 workers over a shared memory; the calling thread is the first of the threads. */
  static async start(
    numThreads: number,
    memory: WebAssembly.Memory,
    maySleep: boolean,
    create: () => WorkerThread = startWorker,
  ): Promise<ThreadPool> {
    const workers = Array.from({ length: numThreads - 1 }, create);
    const pool = new ThreadPool(workers, new Int32Array(memory.buffer), maySleep);
    try {
      await pool.#postAll((thread) => ({ kind: "start", memory, thread, numThreads }));
    } catch (error) {
      pool.dispose();
      throw error;
    }
    return pool;
  }

  get numThreads(): number {
    return this.#workers.length + 1;
  }

  /** Sends a message to every worker and waits until all have acted on it. */
  async broadcast(message: ToWorker): Promise<void> {
    await this.#postAll(() => message);
  }

  /** Has every worker begin its part of a program. Throws where a worker has ended by itself. */
  begin(program: number): void {
    if (this.#failure !== undefined) throw this.#failure;
    Atomics.store(this.#control, CONTROL.done, 0);
    Atomics.store(this.#control, CONTROL.program, program);
    this.#ask(CONTROL.runs);
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
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#inLoop) this.#ask(CONTROL.leaves);
    for (const worker of this.#workers) worker.keepAlive(true);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#pending = { missing: this.#workers.length, failure: undefined, resolve, reject };
        for (const [index, worker] of this.#workers.entries()) worker.post(messageFor(index + 1));
      });
    } finally {
      this.#pending = undefined;
      this.#inLoop = true;
      for (const worker of this.#workers) worker.keepAlive(false);
    }
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    if (message.kind === "error") pending.failure ??= new Error(`a worker thread failed: ${message.message}`);
    pending.missing -= 1;
    if (pending.missing > 0) return;
    if (pending.failure === undefined) pending.resolve();
    else pending.reject(pending.failure);
  }

  #fail(reason: string): void {
    if (this.#disposed) return;
    this.#failure ??= new Error(`a worker thread has ended: ${reason}; make a new device`);
    this.#pending?.reject(this.#failure);
  }

  /** Counts a request up and wakes the workers. */
  #ask(counter: number): void {
    Atomics.add(this.#control, counter, 1);
    Atomics.add(this.#control, CONTROL.epoch, 1);
    Atomics.notify(this.#control, CONTROL.epoch);
  }
}
