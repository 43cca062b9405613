/** One thread's part of a run. The same on the calling thread and on workers, in Node and in browsers. */
import { CLEAR } from "../compile/compile.ts";
import type { Stage } from "../compile/compile.ts";
import { CONTROL } from "./control.ts";
import { barrier } from "./synchronize.ts";

/** What a thread must know of a program; plain data, so that it can be sent. */
export interface ProgramImage {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly stages: readonly Stage[];
  readonly lanes: number;
  readonly microBatchesPerSlot: number;
  readonly residentAddress: number;
  readonly residentBytes: number;
  readonly slotAddress: number;
  readonly slotBytes: number;
  readonly scratchAddress: number;
  readonly scratchBytes: number;
}

export interface LoadedProgram {
  readonly image: ProgramImage;
  readonly functions: Readonly<Record<string, (...parameters: number[]) => void>>;
}

export interface ThreadContext {
  readonly control: Int32Array;
  readonly thread: number;
  readonly numThreads: number;
  readonly maySleep: boolean;
}

export async function loadProgram(image: ProgramImage, memory: WebAssembly.Memory): Promise<LoadedProgram> {
  const { exports } = await WebAssembly.instantiate(image.module, { env: { memory } });
  // Every export of a program is a function of integers.
  return { image, functions: exports as LoadedProgram["functions"] };
}

/** Runs every stage's share of this thread. `control[failed]` tells whether a thread failed; this thread's failure is returned. */
export function runStages(program: LoadedProgram, context: ThreadContext): unknown {
  let failure: unknown;
  const { control, numThreads } = context;
  const { stages } = program.image;
  for (const [position, stage] of stages.entries()) {
    if (position > 0) barrier(control, numThreads, context.maySleep);
    try {
      if (stage.kind === "samples") runSamples(program, position, context);
      else runShare(program, position, context);
    } catch (error) {
      // The others wait at the next barrier: go on, and let the caller throw.
      failure ??= error;
      Atomics.store(control, CONTROL.failed, 1);
    }
  }
  return failure;
}

function runSamples({ image, functions }: LoadedProgram, position: number, { control, thread }: ThreadContext): void {
  const run = functions[(image.stages[position] as Stage).exportName] as (...parameters: number[]) => void;
  const clear = functions[CLEAR] as (address: number, bytes: number) => void;
  const firstSamples = image.stages.findIndex(({ kind }) => kind === "samples");
  const scratch = scratchOf(image, thread);
  const numMicroBatches = microBatchesIn(image, control);
  const numSlots = Math.ceil(numMicroBatches / image.microBatchesPerSlot);
  for (;;) {
    const slot = Atomics.add(control, CONTROL.claims + position, 1);
    if (slot >= numSlots) return;
    const slotAddress = image.slotAddress + slot * image.slotBytes;
    if (position === firstSamples) clear(slotAddress, image.slotBytes);
    const end = Math.min(numMicroBatches, (slot + 1) * image.microBatchesPerSlot);
    for (let microBatch = slot * image.microBatchesPerSlot; microBatch < end; microBatch++) {
      run(scratch, image.residentAddress + microBatch * image.residentBytes, slotAddress, microBatch * image.lanes);
    }
  }
}

function runShare({ image, functions }: LoadedProgram, position: number, context: ThreadContext): void {
  const { thread, numThreads, control } = context;
  const run = functions[(image.stages[position] as Stage).exportName] as (...parameters: number[]) => void;
  const numMicroBatches = microBatchesIn(image, control);
  const numSlots = Math.ceil(numMicroBatches / image.microBatchesPerSlot);
  run(thread, numThreads, numSlots, numMicroBatches, scratchOf(image, thread));
}

function scratchOf({ scratchAddress, scratchBytes }: ProgramImage, thread: number): number {
  return scratchAddress + thread * scratchBytes;
}

function microBatchesIn(image: ProgramImage, control: Int32Array): number {
  return Math.ceil((control[CONTROL.count] as number) / image.lanes);
}
