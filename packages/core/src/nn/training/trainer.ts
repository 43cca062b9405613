/** A compiled model: its objective and optimizer, and the programs and state that belong to them. */
import { GraphError } from "../../graph/error.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Device } from "../../runtime/device.ts";
import { getLoss } from "../losses/registry.ts";
import type { LossLike } from "../losses/registry.ts";
import { getMetric } from "../metrics/registry.ts";
import type { MetricLike } from "../metrics/registry.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { getOptimizer } from "../optimizers/registry.ts";
import type { OptimizerLike } from "../optimizers/registry.ts";
import { sessionSeed } from "../random/session-seed.ts";
import { checkSameCount, isSameData, toRows } from "./data.ts";
import type { DataLike, Rows } from "./data.ts";
import { engineOf } from "./engine.ts";
import type { Engine } from "./engine.ts";
import { evaluationGraph, trainingGraph } from "./model-graph.ts";
import type { Objective, TargetKind, TrainableModel } from "./model-graph.ts";
import type { Batch, ModelProgram } from "./model-program.ts";
import { OptimizerState } from "./optimizer-state.ts";
import { ProgramCache } from "./program-cache.ts";
import type { Logs } from "../logs.ts";

export interface CompileOptions {
  /** An optimizer, or the name of one. */
  readonly optimizer: OptimizerLike;
  /** A loss, or the name of one. */
  readonly loss: LossLike;
  /** Figures to report beside the loss; none unless given. */
  readonly metrics?: readonly MetricLike[];
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device;
}

/** Inputs with their targets. */
export interface Examples {
  readonly x: Rows;
  /** Undefined where the targets are the inputs themselves. */
  readonly y: Rows | undefined;
  readonly kind: TargetKind;
}

export class Trainer {
  readonly optimizer: Optimizer;
  readonly objective: Objective;
  readonly device: Device | undefined;
  readonly state: OptimizerState;
  readonly #model: TrainableModel;
  readonly #programs = new ProgramCache();

  constructor(model: TrainableModel, { optimizer, loss, metrics = [], device }: CompileOptions) {
    this.#model = model;
    this.optimizer = getOptimizer(optimizer);
    this.objective = { loss: getLoss(loss), metrics: metrics.map(getMetric) };
    this.device = device;
    this.state = new OptimizerState(this.optimizer);
  }

  get model(): TrainableModel {
    return this.#model;
  }

  /**
   * Checks inputs and targets.
   *
   * @throws GraphError when they do not fit the model or one another.
   */
  examples(x: DataLike, y: DataLike, names: readonly [x: string, y: string] = ["x", "y"]): Examples {
    const { inputs, outputs, name } = this.#model;
    const [input, output] = [inputs[0], outputs[0]];
    if (input === undefined || output === undefined || inputs.length > 1 || outputs.length > 1) {
      throw new GraphError(
        `model "${name}" has ${inputs.length} inputs and ${outputs.length} outputs; models with one of each can be trained`,
      );
    }
    const rows = toRows(names[0], x, input.shape);
    if (isSameData(x, y) && sizeOf(input.shape) === sizeOf(output.shape)) {
      return { x: rows, y: undefined, kind: "input" };
    }
    const shape = targetShape(y, output.shape, rows.count);
    const targets = toRows(names[1], y, shape);
    checkSameCount(rows, targets);
    return { x: rows, y: targets, kind: { shape } };
  }

  /** The program that takes one training step on up to `batchSize` samples. */
  async trainingProgram(kind: TargetKind, batchSize: number): Promise<ModelProgram> {
    const engine = await this.#prepare();
    return this.#programs.get(`train ${describeKind(kind)}`, batchSize, engine, () =>
      trainingGraph(this.#model, this.objective, kind, this.optimizer, (variable) => this.state.slotsOf(variable)),
    );
  }

  /** The program that measures up to `batchSize` samples. */
  async evaluationProgram(kind: TargetKind, batchSize: number): Promise<ModelProgram> {
    const engine = await this.#prepare();
    return this.#programs.get(`evaluate ${describeKind(kind)}`, batchSize, engine, () =>
      evaluationGraph(this.#model, this.objective, kind),
    );
  }

  /** Takes one step and returns the batch's loss and metrics from before it. */
  step(program: ModelProgram, { x, y }: Examples, batch: Batch, seed: number = sessionSeed()): Logs {
    const { iterations } = this.state;
    program.run([x], y, batch, { step: iterations, seed, scalars: this.optimizer.scalars(iterations) });
    this.state.iterations++;
    return program.figures();
  }

  /** Whether smaller or larger values of a figure are better. */
  betterOf(figure: string): "smaller" | "larger" | undefined {
    if (figure === "loss") return "smaller";
    return this.objective.metrics.find(({ name }) => name === figure)?.better;
  }

  async dispose(): Promise<void> {
    await this.#programs.dispose();
    this.state.detach();
  }

  async #prepare(): Promise<Engine> {
    const engine = await engineOf(this.device);
    for (const variable of this.#model.variables) variable.attach(engine.parameters);
    this.state.attach(engine.parameters, this.#model.trainableVariables);
    return engine;
  }
}

/** The shape of targets: that of the predictions where the sizes agree, else as given, so that the loss can complain. */
function targetShape(y: DataLike, predicted: Shape, count: number): Shape {
  const length = "images" in y ? y.images.length : "data" in y ? y.data.length : y.length;
  const given = "shape" in y ? y.shape : undefined;
  const size = given === undefined ? length / count : sizeOf(given);
  if (size === sizeOf(predicted)) return predicted;
  return given ?? (Number.isInteger(size) ? [size] : predicted);
}

function describeKind(kind: TargetKind): string {
  return kind === "input" ? "input" : formatShape(kind.shape);
}
