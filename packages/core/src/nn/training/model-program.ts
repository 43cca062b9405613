/** Compiled graphs of models: batches in, figures and predictions out. */
import type { Node } from "../../graph/node.ts";
import { Program } from "../../runtime/program.ts";
import { constantsOf } from "../constant-tensor.ts";
import type { Rows } from "./data.ts";
import { gatherRows } from "./data.ts";
import type { Engine } from "./engine.ts";
import type { ModelGraph } from "./model-graph.ts";
import type { Logs } from "../logs.ts";

/** Samples of a data set, by their numbers: `order[from]` to `order[to - 1]`. */
export interface Batch {
  readonly order: Uint32Array;
  readonly from: number;
  readonly to: number;
}

export interface StepNumbers {
  readonly step?: number;
  readonly seed?: number;
  readonly scalars?: Readonly<Record<string, number>>;
}

export class ModelProgram {
  readonly #program: Program;
  readonly #graph: ModelGraph;

  private constructor(program: Program, graph: ModelGraph) {
    this.#program = program;
    this.#graph = graph;
  }

  static async compile(graph: ModelGraph, batchSize: number, { device, parameters }: Engine): Promise<ModelProgram> {
    const { outputs, updates } = graph;
    const results = [...Object.values(outputs), ...updates.map(({ value }) => value)];
    for (const [node, values] of constantsOf(results)) parameters.set(node, values);
    return new ModelProgram(await Program.compile({ outputs, updates, batchSize }, device, parameters), graph);
  }

  /** Runs one batch of inputs and, where the graph has them, targets. */
  run(inputs: readonly Rows[], target: Rows | undefined, batch: Batch, numbers: StepNumbers = {}): void {
    const count = batch.to - batch.from;
    for (const [index, node] of this.#graph.inputs.entries()) this.#fill(node, inputs[index] as Rows, batch);
    if (this.#graph.target !== undefined && target !== undefined) this.#fill(this.#graph.target, target, batch);
    const weights = this.#graph.sampleWeight && this.#program.inputRows(this.#graph.sampleWeight);
    weights?.fill(0).fill(1 / count, 0, count);
    const { step = 0, seed = 0, scalars = {} } = numbers;
    this.#program.run({ count, step, seed: seed >>> 0, scalars });
  }

  /** The figures of the last run. */
  figures(): Logs {
    return Object.fromEntries(
      Object.keys(this.#graph.outputs).map((name) => [name, this.#program.output(name)[0] as number]),
    );
  }

  /** Rows of the last run, of which the first ones belong to its samples; valid until the next run. */
  rows(name: string): Float32Array {
    return this.#program.output(name);
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }

  #fill(node: Node, rows: Rows, { order, from, to }: Batch): void {
    const target = this.#program.inputRows(node);
    if (target !== undefined) gatherRows(rows, order, from, to, target);
  }
}
