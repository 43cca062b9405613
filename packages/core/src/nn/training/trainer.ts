/** What trains a model: its steps with their optimizers, and the programs and state that belong to them. */
import { formatShape } from "../../graph/tensor-type.ts";
import type { Device } from "../../runtime/device.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { sessionSeed } from "../random/session-seed.ts";
import type { Variable } from "../variable.ts";
import { engineOf } from "./engine.ts";
import type { Engine } from "./engine.ts";
import type { Examples, ModelData, WeightOptions } from "./examples.ts";
import type { ExamplesKind, ModelGraph, TargetKind, TrainableModel } from "./model-graph.ts";
import type { Batch } from "./model-program.ts";
import type { OptimizerState } from "./optimizer-state.ts";
import { ProgramCache } from "./program-cache.ts";
import type { HeldProgram } from "./program-cache.ts";
import { StepPrograms } from "./step-programs.ts";

/** One of the updates that a batch brings: ordinary models have one, adversaries one each. */
export interface TrainingStep {
  readonly name: string;
  readonly optimizer: Optimizer;
  readonly state: OptimizerState;
  /** Taken on every batch where it is 1, on each second one where it is 2. The first step is taken on every batch. */
  readonly every: number;
  /** What the step changes. */
  variables(): readonly Variable[];
  graph(kind: ExamplesKind): ModelGraph;
}

/** Programs that stay until they are released. */
export interface HeldPrograms {
  readonly program: StepPrograms;
  release(): Promise<void>;
}

export abstract class Trainer {
  /** All that is trained. */
  readonly model: TrainableModel;
  readonly device: Device | undefined;
  // Apart, because a training holds on to its program while it evaluates.
  readonly #trainingPrograms = new ProgramCache();
  readonly #evaluationPrograms = new ProgramCache();

  constructor(model: TrainableModel, device: Device | undefined) {
    this.model = model;
    this.device = device;
  }

  /** In the order in which a batch takes them. */
  abstract readonly steps: readonly [TrainingStep, ...TrainingStep[]];

  /**
   * Checks inputs, targets and weights.
   *
   * @throws GraphError when they do not fit the model or one another.
   */
  abstract examples(
    x: ModelData,
    y: ModelData | undefined,
    weights?: WeightOptions,
    names?: readonly [x: string, y: string],
  ): Examples;

  /**
   * Checks that targets of several samples can be mixed.
   *
   * @throws GraphError when they are numbers of classes.
   */
  checkMixable(): void {}

  /** Whether smaller or larger values of a figure are better; undefined where that is not known. */
  abstract betterOf(figure: string): "smaller" | "larger" | undefined;

  /** Loss and figures of a batch, without any update. */
  protected abstract evaluationGraph(kind: ExamplesKind): ModelGraph;

  /** The first step's optimizer. */
  get optimizer(): Optimizer {
    return this.steps[0].optimizer;
  }

  /** The first step's state; its iterations are the batches that were trained on. */
  get state(): OptimizerState {
    return this.steps[0].state;
  }

  /** The programs that take the training steps of up to `batchSize` samples. */
  async trainingProgram(kind: ExamplesKind, batchSize: number): Promise<HeldPrograms> {
    const engine = await this.prepare();
    // Which layers are frozen may change from one training to the next.
    const key = `${describeKind(kind)} ${this.model.trainability}`;
    const held: HeldProgram[] = [];
    for (const step of this.steps) {
      held.push(await this.#trainingPrograms.hold(`${step.name} ${key}`, batchSize, engine, () => step.graph(kind)));
    }
    return {
      program: new StepPrograms(held.map(({ program }) => program)),
      release: async () => {
        for (const { release } of held) await release();
      },
    };
  }

  /** The program that measures up to `batchSize` samples. */
  async evaluationProgram(kind: ExamplesKind, batchSize: number): Promise<HeldProgram> {
    const engine = await this.prepare();
    return this.#evaluationPrograms.hold(describeKind(kind), batchSize, engine, () => this.evaluationGraph(kind));
  }

  /** Takes the steps of a batch. The programs have then measured the batch as it was before each. */
  step(programs: StepPrograms, examples: Examples, batch: Batch, seed: number = sessionSeed()): void {
    const { iterations } = this.state;
    for (const [index, { optimizer, state, every }] of this.steps.entries()) {
      if ((iterations + 1) % every !== 0) {
        programs.skip(index);
        continue;
      }
      const scalars = optimizer.scalars(state.iterations);
      programs.run(index, examples, batch, { step: iterations, batches: iterations, seed, scalars });
      state.iterations++;
    }
  }

  async dispose(): Promise<void> {
    await this.#trainingPrograms.dispose();
    await this.#evaluationPrograms.dispose();
    for (const { state } of this.steps) state.detach();
  }

  /** Moves the model's variables and the optimizers' state to the device. */
  async prepare(): Promise<Engine> {
    const engine = await engineOf(this.device);
    for (const variable of this.model.variables) variable.attach(engine.parameters);
    for (const { state, variables } of this.steps) state.attach(engine.parameters, variables());
    return engine;
  }
}

function describeKind({ targets, weighted }: ExamplesKind): string {
  const describe = (target: TargetKind): string => {
    if (target === "none") return target;
    return "input" in target ? `input ${target.input}` : formatShape(target.shape);
  };
  return targets.map((target, index) => `${describe(target)}${weighted[index] === true ? " weighted" : ""}`).join("; ");
}
