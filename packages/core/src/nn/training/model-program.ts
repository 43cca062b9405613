/** Compiled graphs of models: batches in, figures and predictions out. */
import type { Node } from "../../graph/node.ts";
import { Program } from "../../runtime/program.ts";
import { constantsOf } from "../constant-tensor.ts";
import { gatherRows } from "../tensor-data.ts";
import type { Rows } from "../tensor-data.ts";
import type { Engine } from "./engine.ts";
import type { Examples } from "./examples.ts";
import type { Figure, PartValues } from "./figures.ts";
import type { ModelGraph } from "./model-graph.ts";

/** Samples of a data set, by their numbers: `order[from]` to `order[to - 1]`. */
export interface Batch {
  readonly order: Uint32Array;
  readonly from: number;
  readonly to: number;
}

export interface StepNumbers {
  /** Tells the random numbers of one run from those of another; 0 unless given. */
  readonly step?: number;
  readonly seed?: number;
  readonly scalars?: Readonly<Record<string, number>>;
  /** How many batches were trained on, for what is scheduled by that; without it, schedules are at their ends. */
  readonly batches?: number;
}

export class ModelProgram {
  readonly #program: Program;
  readonly #graph: ModelGraph;
  readonly #parameters: Engine["parameters"];

  private constructor(program: Program, graph: ModelGraph, parameters: Engine["parameters"]) {
    this.#program = program;
    this.#graph = graph;
    this.#parameters = parameters;
  }

  static async compile(graph: ModelGraph, batchSize: number, { device, parameters }: Engine): Promise<ModelProgram> {
    const { updates, predictions, figures } = graph;
    const outputs = Object.fromEntries([
      ...predictions.map((node, index) => [predictionName(index), node] as const),
      ...figures.flatMap(({ parts }, index) =>
        Object.entries(parts).map(([part, node]) => [partName(index, part), node] as const),
      ),
    ]);
    const results = [...Object.values(outputs), ...updates.map(({ value }) => value)];
    const constants = constantsOf(results);
    for (const [node, values] of constants) parameters.set(node, values);
    try {
      const program = await Program.compile({ outputs, updates, batchSize }, device, parameters);
      return new ModelProgram(program, graph, parameters);
    } finally {
      // They stay as long as the program does.
      for (const [node] of constants) parameters.drop(node);
    }
  }

  /** What the program measures. */
  get figures(): readonly Figure[] {
    return this.#graph.figures;
  }

  /** Runs one batch of examples. */
  run(examples: Pick<Examples, "inputs"> & Partial<Examples>, batch: Batch, numbers: StepNumbers = {}): void {
    const { inputs, targets, sampleWeights, sampleShare, variables } = this.#graph;
    // A model of the same layers may have taken them to another device.
    for (const variable of variables) variable.attach(this.#parameters);
    const count = batch.to - batch.from;
    for (const [index, node] of inputs.entries()) this.#fill(node, examples.inputs[index], batch);
    for (const [index, node] of targets.entries()) this.#fill(node, examples.targets?.[index], batch);
    for (const [index, node] of sampleWeights.entries()) this.#fill(node, examples.weights?.[index], batch);
    this.#program
      .inputRows(sampleShare)
      ?.fill(0)
      .fill(1 / count, 0, count);
    const { step = 0, seed = 0, scalars = {}, batches = Number.POSITIVE_INFINITY } = numbers;
    const scheduled = Object.entries(this.#graph.schedules).map(([name, at]) => [name, at(batches)] as const);
    this.#program.run({ count, step, seed: seed >>> 0, scalars: { ...scalars, ...Object.fromEntries(scheduled) } });
  }

  /** The parts of the figures after the last run; valid until the next. */
  measured(): PartValues {
    return this.#graph.figures.map(({ parts }, index) =>
      Object.fromEntries(Object.keys(parts).map((part) => [part, this.#program.output(partName(index, part))])),
    );
  }

  /** Rows of an output of the last run, of which the first ones belong to its samples; valid until the next run. */
  predicted(index: number): Float32Array {
    return this.#program.output(predictionName(index));
  }

  dispose(): Promise<void> {
    return this.#program.dispose();
  }

  #fill(node: Node | undefined, rows: Rows | undefined, { order, from, to }: Batch): void {
    const target = node && rows && this.#program.inputRows(node);
    if (target !== undefined) gatherRows(rows as Rows, order, from, to, target);
  }
}

function predictionName(index: number): string {
  return `prediction ${index}`;
}

function partName(figure: number, part: string): string {
  return `figure ${figure}: ${part}`;
}
