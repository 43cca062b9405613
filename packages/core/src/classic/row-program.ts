/** Compiled programs over all rows of a table, batch by batch; what they sum is added up in float64. */
import type { Node } from "../graph/node.ts";
import type { Engine } from "../nn/training/engine.ts";
import { Pause } from "../nn/training/pause.ts";
import { Program } from "../runtime/program.ts";
import type { RowSource } from "./row-source.ts";

/** Where rows go through programs, and what ends that early. */
export interface RowEngine extends Engine {
  /** Looked at between batches. */
  readonly signal?: AbortSignal | undefined;
}

/** What a batch of rows may take: 2 MiB of float32. Larger ones are no faster and sum more terms in float32. */
const BATCH_VALUES = 2 ** 19;
/** Batches are whole micro-batches of any size. */
const BATCH_STEP = 64;
const LARGEST_BATCH = 2048;

/** A program over the rows of one table. */
export class RowProgram {
  readonly #program: Program;
  readonly #input: Node;
  readonly #rows: RowSource;
  readonly #signal: AbortSignal | undefined;

  private constructor(program: Program, input: Node, rows: RowSource, signal: AbortSignal | undefined) {
    this.#program = program;
    this.#input = input;
    this.#rows = rows;
    this.#signal = signal;
  }

  /**
   * Compiles a program that computes `output`.
   *
   * @param input takes a row of the table for each sample.
   */
  static async compile(
    rows: RowSource,
    input: Node,
    output: Node,
    { device, parameters, signal }: RowEngine,
  ): Promise<RowProgram> {
    const specification = { outputs: { output }, updates: [], batchSize: batchSizeFor(rows) };
    return new RowProgram(await Program.compile(specification, device, parameters), input, rows, signal);
  }

  /**
   * Runs the program on all rows and hands what it computed of each batch to `take`, which must not keep it.
   *
   * @throws the reason of the signal once that is aborted.
   */
  async forEachBatch(take: (output: Float32Array, from: number, to: number) => void): Promise<void> {
    const { count, size } = this.#rows;
    const { batchSize } = this.#program;
    const pause = new Pause();
    for (let from = 0; from < count; from += batchSize) {
      this.#signal?.throwIfAborted();
      const to = Math.min(from + batchSize, count);
      const target = this.#program.inputRows(this.#input);
      if (target === undefined) throw new Error("the program does not read the rows");
      this.#rows.write(from, to, target);
      // Rows of zeros add nothing to sums of products.
      target.fill(0, (to - from) * size);
      this.#program.run({ count: to - from, step: 0, seed: 0 });
      take(this.#program.output("output"), from, to);
      if (pause.isDue) await pause.take();
    }
  }

  /**
   * The sum over all rows of what the program computes, a shared tensor: a sum over samples in which a row of zeros has no
   * share.
   */
  async sum(): Promise<Float64Array> {
    let total = new Float64Array();
    await this.forEachBatch((sums, from) => {
      if (from === 0) total = new Float64Array(sums.length);
      for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (sums[i] as number);
    });
    return total;
  }

  /** Gives the program's memory back. */
  dispose(): Promise<void> {
    return this.#program.dispose();
  }
}

function batchSizeFor({ count, size }: RowSource): number {
  const fitting = Math.floor(BATCH_VALUES / size / BATCH_STEP) * BATCH_STEP;
  return Math.min(count, LARGEST_BATCH, Math.max(BATCH_STEP, fitting));
}
