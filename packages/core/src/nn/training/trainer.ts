/** A compiled model: its objective and optimizer, and the programs and state that belong to them. */
import { formatShape } from "../../graph/tensor-type.ts";
import type { Device } from "../../runtime/device.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { optimizers } from "../optimizers/registry.ts";
import type { OptimizerLike } from "../optimizers/registry.ts";
import { sessionSeed } from "../random/session-seed.ts";
import { engineOf } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { toExamples } from "./examples.ts";
import type { Examples, ModelData, WeightOptions } from "./examples.ts";
import { evaluationGraph, trainingGraph } from "./model-graph.ts";
import type { ExamplesKind, TargetKind, TrainableModel } from "./model-graph.ts";
import type { Batch, ModelProgram } from "./model-program.ts";
import { resolveObjective } from "./objective.ts";
import type { ObjectiveOptions, OutputObjective } from "./objective.ts";
import { OptimizerState } from "./optimizer-state.ts";
import { ProgramCache } from "./program-cache.ts";
import type { HeldProgram } from "./program-cache.ts";

export interface CompileOptions extends ObjectiveOptions {
  /** An optimizer, or the name of one; Keras's `rmsprop` unless given. */
  readonly optimizer?: OptimizerLike;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device;
}

export class Trainer {
  readonly model: TrainableModel;
  readonly optimizer: Optimizer;
  /** What is asked of each output. */
  readonly objective: readonly OutputObjective[];
  readonly device: Device | undefined;
  readonly state: OptimizerState;
  // Apart, because a training holds on to its program while it evaluates.
  readonly #trainingPrograms = new ProgramCache();
  readonly #evaluationPrograms = new ProgramCache();

  constructor(model: TrainableModel, { optimizer = "rmsprop", device, ...objective }: CompileOptions) {
    this.model = model;
    this.optimizer = optimizers.get(optimizer);
    this.objective = resolveObjective(objective, model.outputNames);
    this.device = device;
    this.state = new OptimizerState(this.optimizer);
  }

  /**
   * Checks inputs, targets and weights.
   *
   * @throws GraphError when they do not fit the model or one another.
   */
  examples(
    x: ModelData,
    y: ModelData | undefined,
    weights?: WeightOptions,
    names?: readonly [x: string, y: string],
  ): Examples {
    const { name, inputs, outputs } = this.model;
    const objective = this.objective.map(({ name: output, loss, metrics, weightedMetrics }) => ({
      name: output,
      loss,
      isMeasured: loss !== undefined || metrics.length > 0 || weightedMetrics.length > 0,
    }));
    return toExamples({ name, inputs, outputs, objective }, x, y, weights, names);
  }

  /** The program that takes one training step on up to `batchSize` samples. */
  async trainingProgram(kind: ExamplesKind, batchSize: number): Promise<HeldProgram> {
    const { model } = this;
    const engine = await this.prepare();
    // Which layers are frozen may change from one training to the next.
    return this.#trainingPrograms.hold(`${describeKind(kind)} ${model.trainability}`, batchSize, engine, () =>
      trainingGraph(model, this.objective, kind, this.optimizer, (variable) => this.state.slotsOf(variable)),
    );
  }

  /** The program that measures up to `batchSize` samples. */
  async evaluationProgram(kind: ExamplesKind, batchSize: number): Promise<HeldProgram> {
    const engine = await this.prepare();
    return this.#evaluationPrograms.hold(describeKind(kind), batchSize, engine, () =>
      evaluationGraph(this.model, this.objective, kind),
    );
  }

  /** Takes one step on a batch. The program has then measured the batch as it was before. */
  step(program: ModelProgram, examples: Examples, batch: Batch, seed: number = sessionSeed()): void {
    const { iterations } = this.state;
    program.run(examples, batch, { step: iterations, seed, scalars: this.optimizer.scalars(iterations) });
    this.state.iterations++;
  }

  /** Whether smaller or larger values of a figure are better. */
  betterOf(figure: string): "smaller" | "larger" | undefined {
    if (figure === "loss") return "smaller";
    for (const { name, loss, metrics, weightedMetrics } of this.objective) {
      const own = figure.startsWith(`${name}_`) ? figure.slice(name.length + 1) : figure;
      // Metrics with several figures number them, and those that count by weights may say so.
      const names = new Set([own, figure].flatMap(spellings));
      const metric = [...metrics, ...weightedMetrics].find((each) => names.has(each.name));
      if (metric !== undefined) return metric.better;
      if (loss !== undefined && own === "loss") return "smaller";
    }
    return undefined;
  }

  async dispose(): Promise<void> {
    await this.#trainingPrograms.dispose();
    await this.#evaluationPrograms.dispose();
    this.state.detach();
  }

  /** Moves the model's variables and the optimizer's state to the device. */
  async prepare(): Promise<Engine> {
    const engine = await engineOf(this.device);
    for (const variable of this.model.variables) variable.attach(engine.parameters);
    this.state.attach(engine.parameters, this.model.trainableVariables);
    return engine;
  }
}

/** A figure's name without what `fit` adds to that of its metric. */
function spellings(figure: string): string[] {
  return [figure, figure.replace(/^weighted_/u, "")].flatMap((name) => [name, name.replace(/_\d+$/u, "")]);
}

function describeKind({ targets, weighted }: ExamplesKind): string {
  const describe = (target: TargetKind): string => {
    if (target === "none") return target;
    return "input" in target ? `input ${target.input}` : formatShape(target.shape);
  };
  return targets.map((target, index) => `${describe(target)}${weighted[index] === true ? " weighted" : ""}`).join("; ");
}
