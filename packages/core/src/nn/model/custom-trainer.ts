/**
 * Trainings that no list of losses describes, as Keras's models with a `train_step` of their own: each step says in graph nodes what
 * it makes smaller, and which layers it changes. A variational autoencoder has one such step; a GAN has two, taken in turn.
 */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { Device } from "../../runtime/device.ts";
import type { Layer, SymbolicTensor } from "../layers/layer.ts";
import { lowerContext } from "../layers/lower-context.ts";
import type { LowerContext, LowerRequests } from "../layers/lower-context.ts";
import { optimizers } from "../optimizers/registry.ts";
import type { OptimizerLike } from "../optimizers/registry.ts";
import { sumOfScalars } from "../sum-of-scalars.ts";
import type { Variable } from "../variable.ts";
import { withProgressLine } from "../callbacks/progress-line.ts";
import type { Logs } from "../logs.ts";
import type { BatchStream } from "../training/batch-source.ts";
import { evaluate } from "../training/evaluate.ts";
import type { EvaluateOptions } from "../training/evaluate.ts";
import { fit } from "../training/fit.ts";
import type { FitOptions } from "../training/fit.ts";
import type { History } from "../training/history.ts";
import { toInputs } from "../training/examples.ts";
import type { Examples, ModelData, WeightOptions } from "../training/examples.ts";
import { meanFigure } from "../training/figures.ts";
import { overBatch, updatesFor } from "../training/model-graph.ts";
import type { ModelGraph, Schedule, TrainableModel } from "../training/model-graph.ts";
import { OptimizerState } from "../training/optimizer-state.ts";
import { stepScope } from "../training/step-scope.ts";
import type { StepData, StepScope } from "../training/step-scope.ts";
import { Trainer } from "../training/trainer.ts";
import type { TrainingStep } from "../training/trainer.ts";

/** Shared nodes of the shape [], or per-sample ones, of which the mean over the batch is meant. */
export interface StepTerms {
  readonly loss: Node;
  /** What is reported beside, by name. */
  readonly figures?: Readonly<Record<string, Node>>;
}

export interface CustomStep {
  /** Under this name the loss is reported; `loss` where there is one step only. */
  readonly name: string;
  readonly optimizer: OptimizerLike;
  /** Taken on every batch where it is 1, as unless given; on each second one where it is 2. */
  readonly every?: number;
  /** The layers that the step changes. */
  readonly trains: readonly Layer[];
  terms(scope: StepScope): StepTerms;
}

export interface CustomTraining {
  /** What there is of data: one array for each. */
  readonly inputs: readonly SymbolicTensor[];
  /** What there is of targets, where what samples are compared with does not follow from the inputs. */
  readonly targets?: readonly SymbolicTensor[];
  /** The first is taken on every batch. */
  readonly steps: readonly [CustomStep, ...CustomStep[]];
  /** What training makes of the data before its steps see them; what is measured stays as it is. */
  readonly augment?: ((context: LowerContext, data: StepData) => StepData) | undefined;
  /** What is measured with validation data: `val_loss` and so on. The first step's terms unless given. */
  readonly measure?: (scope: StepScope) => StepTerms;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
}

/** Data for the targets, where a training has such; of a stream, its batches hold them. */
export interface CustomTargets {
  readonly y?: ModelData | undefined;
}

/** Streams of random numbers of one step; the next step's begin after them. */
const STREAMS_PER_STEP = 4096;

export class CustomTrainer extends Trainer {
  readonly steps: readonly [TrainingStep, ...TrainingStep[]];
  readonly #training: CustomTraining;

  /** @param model holds all layers that the steps train. */
  constructor(model: TrainableModel, training: CustomTraining) {
    super(model, training.device);
    this.#training = training;
    const [first, ...others] = training.steps;
    this.steps = [this.#step(first, 0), ...others.map((step, index) => this.#step(step, index + 1))];
  }

  /**
   * Trains, as the `fit` of models does, on data for each input and target.
   *
   * @throws GraphError when the data do not fit the inputs and targets.
   * @throws TrainingDiverged when a step's loss becomes NaN or infinite; the weights are then those of the last good epoch.
   */
  fit(x: ModelData | BatchStream, { y, ...options }: FitOptions & CustomTargets = {}): Promise<History> {
    return fit(this, x, y, withProgressLine(options));
  }

  /** What is measured, over all samples. */
  evaluate(x: ModelData | BatchStream, { y, ...options }: EvaluateOptions & CustomTargets = {}): Promise<Logs> {
    return evaluate(this, x, y, withProgressLine(options));
  }

  /** Data for each input, and for each target where there are such; else what a sample is compared with follows from the inputs. */
  examples(
    x: ModelData,
    y?: ModelData,
    weights: WeightOptions = {},
    [xName, yName]: readonly [x: string, y: string] = ["x", "y"],
  ): Examples {
    if (weights.sampleWeight !== undefined || weights.classWeight !== undefined) {
      throw new GraphError(`model "${this.model.name}" takes no sample weights and no class weights`);
    }
    const { inputs, targets = [] } = this.#training;
    const { name } = this.model;
    const given = { ...toInputs({ name, inputs }, x, xName), weights: [], kind: UNWEIGHTED };
    if (targets.length === 0) return { ...given, targets: [] };
    if (y === undefined) throw new GraphError(`model "${name}" is trained with targets; ${yName} is missing`);
    const { inputs: rows, count } = toInputs({ name, inputs: targets }, y, yName);
    if (count === given.count) return { ...given, targets: rows };
    throw new GraphError(`${xName} has ${given.count} samples and ${yName} has ${count}; give a target for each`);
  }

  betterOf(figure: string): "smaller" | undefined {
    return figure === "loss" ? "smaller" : undefined;
  }

  protected evaluationGraph(): ModelGraph {
    const { measure, steps } = this.#training;
    return this.#graph(steps[0], { training: false, index: 0, terms: measure ?? ((scope) => steps[0].terms(scope)) })
      .graph;
  }

  #step(step: CustomStep, index: number): TrainingStep {
    const { name, every = 1, trains } = step;
    if (!Number.isInteger(every) || every < 1 || (index === 0 && every > 1)) {
      throw new RangeError(
        `step "${name}" is taken every ${every} batches; give a whole number from 1 on, 1 for the first step`,
      );
    }
    const optimizer = optimizers.get(step.optimizer);
    const state = new OptimizerState(optimizer);
    const variables = (): Variable[] => [...new Set(trains.flatMap(({ trainableVariables }) => trainableVariables))];
    return {
      name,
      optimizer,
      state,
      every,
      variables,
      graph: () => {
        const { graph, loss, context } = this.#graph(step, {
          training: true,
          index,
          terms: (scope) => step.terms(scope),
        });
        const slotsOf = (variable: Variable): Readonly<Record<string, Node>> => state.slotsOf(variable);
        return { ...graph, updates: updatesFor(loss, variables(), { optimizer, slotsOf, context }) };
      },
    };
  }

  #graph(
    { name, trains }: CustomStep,
    options: { readonly training: boolean; readonly index: number; terms(scope: StepScope): StepTerms },
  ): { readonly graph: ModelGraph; readonly loss: Node; readonly context: LowerRequests } {
    const { training, index, terms } = options;
    const context = lowerContext({ training, firstStream: index * STREAMS_PER_STEP });
    const schedules: Record<string, Schedule> = {};
    const { inputs, targets = [], augment } = this.#training;
    const data = { inputs: inputs.map(nodeOf), targets: targets.map(nodeOf) };
    const seen = training && augment !== undefined ? augment(context, data) : data;
    const { loss: given, figures = {} } = terms(stepScope(context, seen, schedules));
    const { sampleShare } = context;
    const regularized = trains.flatMap(({ trainableVariables }) => trainableVariables);
    const loss = sumOfScalars([
      overBatch(given, sampleShare),
      ...regularized.flatMap(({ regularizer, node }) => regularizer?.penalty(node) ?? []),
      ...context.losses.map((node) => overBatch(node, sampleShare)),
    ]);
    const lossName = this.#training.steps.length === 1 ? "loss" : name;
    const graph: ModelGraph = {
      ...data,
      sampleWeights: [],
      sampleShare,
      predictions: [],
      figures: [
        meanFigure(lossName, loss),
        ...Object.entries(figures).map(([figure, node]) => meanFigure(figure, overBatch(node, sampleShare))),
      ],
      updates: [],
      schedules,
      variables: this.model.variables,
    };
    return { graph, loss, context };
  }
}

const UNWEIGHTED = { targets: [], weighted: [] } as const;

function nodeOf({ shape, layer }: SymbolicTensor): Node {
  return inputNode(layer.name, shape);
}
