import { afterEach, describe, expect, it } from "vitest";
import { startWorker } from "#threads";
import { CONTROL } from "../control.ts";
import type { ProgramImage } from "../run-stages.ts";
import type { WorkerThread } from "./messages.ts";
import { ThreadPool } from "./pool.ts";

const NO_PROGRAM = 77;
const pools: ThreadPool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

async function startPool(numThreads: number, create?: () => WorkerThread) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const pool = await ThreadPool.start(numThreads, memory, true, create);
  pools.push(pool);
  return { pool, control: new Int32Array(memory.buffer) };
}

/** Runs a program that no worker has, and returns how many have answered that. */
function run(pool: ThreadPool, control: Int32Array): number {
  pool.begin(NO_PROGRAM);
  pool.finish();
  return Atomics.load(control, CONTROL.done);
}

describe("ThreadPool", () => {
  it("answers a broadcast, however soon a run follows it", async () => {
    const { pool, control } = await startPool(3);
    for (let round = 0; round < 100; round++) {
      const answered = pool.broadcast({ kind: "unload", id: NO_PROGRAM });
      // From the broadcast's first steps to its last, a few turns later, a run may get between them.
      for (let turn = 0; turn < round % 10; turn++) await Promise.resolve();
      expect(run(pool, control)).toBe(2);
      await answered;
    }
  });

  it("tells of a message that failed, and goes on", async () => {
    const { pool, control } = await startPool(3);
    const image = { id: 1, module: undefined } as unknown as ProgramImage;
    await expect(pool.broadcast({ kind: "load", image })).rejects.toThrow(/a worker thread failed: TypeError/);
    expect(run(pool, control)).toBe(2);
    await pool.broadcast({ kind: "unload", id: 1 });
  });

  it("does not wait for a worker that has ended", async () => {
    const failures: ((reason: string) => void)[] = [];
    const { pool } = await startPool(2, () => {
      const worker = startWorker();
      return { ...worker, onFailure: (listener) => void failures.push(listener) };
    });
    const answered = pool.broadcast({ kind: "unload", id: 1 });
    await Promise.resolve();
    await Promise.resolve();
    failures[0]!("out of memory");
    await expect(answered).rejects.toThrow(/has ended: out of memory/);
    expect(() => pool.begin(NO_PROGRAM)).toThrow(/has ended: out of memory/);
    await expect(pool.broadcast({ kind: "unload", id: 1 })).rejects.toThrow(/has ended/);
  });

  it("ends its workers when one cannot start", async () => {
    const ended: number[] = [];
    const create = (): WorkerThread => {
      let answer: (reason: string) => void;
      return {
        post: () => answer("no such file"),
        onMessage: () => {},
        onFailure: (listener) => (answer = listener),
        keepAlive: () => {},
        terminate: () => ended.push(1),
      };
    };
    await expect(startPool(3, create)).rejects.toThrow(/no such file/);
    expect(ended).toHaveLength(2);
  });
});
