/** A device: memory, threads, and the programs loaded into them. */
import type { EmitOptions } from "../compile/compile.ts";
import { fusesMultiplyAdd, hasRelaxedMultiplyAdd, hasSimd } from "../kernel/wasm/features.ts";
import { widenVectors } from "#threads";
import { CONTROL } from "./control.ts";
import { DeviceMemory } from "./memory.ts";
import { loadProgram, runStages } from "./run-stages.ts";
import type { LoadedProgram, ProgramImage } from "./run-stages.ts";
import { maySleep } from "./synchronize.ts";
import { ThreadPool } from "./threads/pool.ts";

export interface DeviceOptions {
  /** Number of threads, the calling one included; by default one for each processor. Without shared memory there is one. */
  readonly threads?: number;
  /** Multiply and add with two roundings even where the host has a fused instruction: the same bits on every machine. */
  readonly deterministic?: boolean;
  /**
   * Use 256-bit vectors where the host makes them of two of 128 bits: in Node on x64, by an experimental option of V8 that holds
   * for the whole process. The results are the same. True unless given.
   */
  readonly wide?: boolean;
}

export interface RunNumbers {
  /** Number of samples. */
  readonly count: number;
  /** What random numbers depend on, beside their position: both 32-bit integers. */
  readonly step: number;
  readonly seed: number;
}

export class Device {
  readonly memory: DeviceMemory;
  readonly emitOptions: EmitOptions;
  #controlView: Int32Array;
  readonly #pool: ThreadPool | undefined;
  readonly #maySleep: boolean;
  readonly #programs = new Map<number, LoadedProgram>();
  #nextProgram = 1;
  #disposed = false;

  private constructor(memory: DeviceMemory, pool: ThreadPool | undefined, options: DeviceOptions) {
    this.memory = memory;
    this.#pool = pool;
    this.#controlView = new Int32Array(memory.memory.buffer);
    this.#maySleep = pool !== undefined && maySleep(this.#controlView);
    this.#controlView.set([0, 1, 2, 3], CONTROL.laneNumbers);
    this.emitOptions = {
      memory: { shared: memory.shared, minimumPages: 1, maximumPages: memory.maximumPages },
      relaxed: options.deterministic !== true && hasRelaxedMultiplyAdd(),
      wide: options.wide !== false && fusesMultiplyAdd() && widenVectors(),
    };
  }

  /** Reserves memory and starts the threads. A process whose device is idle exits by itself. */
  static async create(options: DeviceOptions = {}): Promise<Device> {
    if (!hasSimd()) throw new Error("this host's WebAssembly has no 128-bit SIMD, which Sandglass needs");
    const threads = options.threads ?? globalThis.navigator?.hardwareConcurrency ?? 1;
    if (!Number.isInteger(threads) || threads < 1) {
      throw new RangeError(`threads must be a whole number of at least 1, and is ${threads}`);
    }
    const shared = threads > 1 && canShareMemory();
    const memory = new DeviceMemory(shared);
    if (!shared) return new Device(memory, undefined, options);
    const control = new Int32Array(memory.memory.buffer);
    return new Device(memory, await ThreadPool.start(threads, memory.memory, maySleep(control)), options);
  }

  get numThreads(): number {
    return this.#pool?.numThreads ?? 1;
  }

  /** Loads a program into every thread and returns its number. */
  async load(image: Omit<ProgramImage, "id">): Promise<number> {
    this.#checkNotDisposed();
    const id = this.#nextProgram++;
    const numbered = { ...image, id };
    this.#programs.set(id, await loadProgram(numbered, this.memory.memory));
    await this.#pool?.broadcast({ kind: "load", image: numbered });
    return id;
  }

  async unload(id: number): Promise<void> {
    this.#programs.delete(id);
    if (!this.#disposed) await this.#pool?.broadcast({ kind: "unload", id });
  }

  /** Runs a program on all threads and returns when it is done. */
  run(id: number, { count, step, seed }: RunNumbers): void {
    this.#checkNotDisposed();
    const program = this.#programs.get(id);
    if (program === undefined) throw new Error("this program has been disposed of");
    const control = this.#control;
    control[CONTROL.count] = count;
    control[CONTROL.step] = step;
    control[CONTROL.seed] = seed;
    control[CONTROL.failed] = 0;
    control.fill(0, CONTROL.claims, CONTROL.claims + program.image.stages.length);
    this.#pool?.begin(id);
    const cause = runStages(program, { control, thread: 0, numThreads: this.numThreads, maySleep: this.#maySleep });
    this.#pool?.finish();
    if (Atomics.load(control, CONTROL.failed) !== 0) {
      throw new Error("a kernel failed: Sandglass is at fault, please report it", { cause });
    }
  }

  /** Ends the threads. Programs and parameters of the device can no longer be used. */
  dispose(): void {
    this.#disposed = true;
    this.#programs.clear();
    this.#pool?.dispose();
  }

  /** Memory that is not shared gets a new buffer when it grows. */
  get #control(): Int32Array {
    if (this.#controlView.length === 0) this.#controlView = new Int32Array(this.memory.memory.buffer);
    return this.#controlView;
  }

  #checkNotDisposed(): void {
    if (this.#disposed) throw new Error("this device has been disposed of");
  }
}

/** Shared memory exists everywhere in Node, and in pages that are cross-origin isolated. */
function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  return !("crossOriginIsolated" in globalThis) || globalThis.crossOriginIsolated;
}
