/** Models as graphs: what the programs that train, evaluate and predict compute. */
import { pullBack } from "../../autodiff/pull-back.ts";
import type { ParameterUpdate } from "../../compile/specification.ts";
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { mul } from "../../ops/elementwise.ts";
import { constant, inputNode } from "../../ops/leaf.ts";
import { sumSamples } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import type { Layer, SymbolicTensor } from "../layers/layer.ts";
import { lowerContext } from "../layers/lower-context.ts";
import type { LowerContext, LowerRequests } from "../layers/lower-context.ts";
import { isSample, reduceLoss } from "../losses/reduction.ts";
import type { BatchWeights } from "../losses/reduction.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { sumOfScalars } from "../sum-of-scalars.ts";
import type { Variable } from "../variable.ts";
import { meanFigure, metricFigure } from "./figures.ts";
import type { Figure } from "./figures.ts";
import type { OutputObjective } from "./objective.ts";
import { optimizerUpdates } from "./optimizer-updates.ts";

/** What training needs of a model. */
export interface TrainableModel extends Layer {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** The names of the outputs: those of the layers that make them, numbered where one makes several. */
  readonly outputNames: readonly string[];
  /** The layers in Keras's order; models within count as one. */
  readonly layers: readonly Layer[];
  /** Which of the layers, those of models within included, are frozen. */
  readonly trainability: string;
}

/** A graph with the nodes that its owner fills before each run. */
export interface ModelGraph {
  readonly inputs: readonly Node[];
  /** The targets of each output; undefined where there are none, or where they are an input. */
  readonly targets: readonly (Node | undefined)[];
  /** What each sample counts, for each output; undefined where all count alike. */
  readonly sampleWeights: readonly (Node | undefined)[];
  /** 1 / (number of samples) for each sample of the batch, 0 for lanes that it does not fill. */
  readonly sampleShare: Node;
  /** The model's predictions; none where only figures are wanted. */
  readonly predictions: readonly Node[];
  readonly figures: readonly Figure[];
  readonly updates: readonly ParameterUpdate[];
  /** Numbers that change with the batches that were trained on. */
  readonly schedules: Readonly<Record<string, Schedule>>;
  /** What the model keeps, which must be where the graph is computed. */
  readonly variables: readonly Variable[];
}

/** What the targets of an output are: an input of the model itself, data of a shape, or nothing. */
export type TargetKind = { readonly input: number } | { readonly shape: Shape } | "none";

/** What a program for examples must take in, output by output. */
export interface ExamplesKind {
  readonly targets: readonly TargetKind[];
  readonly weighted: readonly boolean[];
}

/** A number by how many batches were trained on; at infinity, where it ends. */
export type Schedule = (batches: number) => number;

/** The nodes of what the optimizer keeps of a variable. */
export type SlotsOf = (variable: Variable) => Readonly<Record<string, Node>>;

/** The predictions of the model. */
export function predictionGraph(model: TrainableModel): ModelGraph {
  const { inputs, outputs, context } = lowerModel(model, false);
  const { sampleShare } = context;
  const { variables } = model;
  return {
    inputs,
    targets: [],
    sampleWeights: [],
    sampleShare,
    predictions: outputs,
    figures: [],
    updates: [],
    schedules: {},
    variables,
  };
}

/** Loss and metrics of a batch. */
export function evaluationGraph(
  model: TrainableModel,
  objective: readonly OutputObjective[],
  kind: ExamplesKind,
): ModelGraph {
  return measuredGraph(model, objective, kind, false).graph;
}

/** Loss and metrics of a batch, and a step of the optimizer. */
export function trainingGraph(
  model: TrainableModel,
  objective: readonly OutputObjective[],
  kind: ExamplesKind,
  optimizer: Optimizer,
  slotsOf: SlotsOf,
): ModelGraph {
  const { graph, loss, context } = measuredGraph(model, objective, kind, true);
  return { ...graph, updates: updatesFor(loss, model.trainableVariables, { optimizer, slotsOf, context }) };
}

/** A step of the optimizer down the slope of a loss, and what layers change beside. */
export function updatesFor(
  loss: Node,
  trainable: readonly Variable[],
  {
    optimizer,
    slotsOf,
    context,
  }: { readonly optimizer: Optimizer; readonly slotsOf: SlotsOf; readonly context: LowerRequests },
): ParameterUpdate[] {
  const slopes = pullBack(
    loss,
    constant(1),
    trainable.map(({ node }) => node),
  );
  const trained = trainable.flatMap((variable) => {
    const gradient = slopes.get(variable.node);
    // What the loss has no slope for stays as it is: the way to an output without a loss, say.
    return gradient === undefined ? [] : [{ variable, gradient, slots: slotsOf(variable) }];
  });
  const layerUpdates = [...context.updates].map(([variable, value]) => ({ parameter: variable.node, value }));
  return [...optimizerUpdates(optimizer, trained), ...layerUpdates];
}

function measuredGraph(
  model: TrainableModel,
  objective: readonly OutputObjective[],
  kind: ExamplesKind,
  training: boolean,
): { graph: ModelGraph; loss: Node; context: LowerRequests } {
  const { inputs, outputs, context } = lowerModel(model, training);
  const { sampleShare } = context;
  const measured = objective.map((each, index) => {
    const prediction = outputs[index] as Node;
    const target = targetOf(kind.targets[index] ?? "none", each, inputs, prediction);
    const sampleWeight = kind.weighted[index] === true ? inputNode(`weight of ${each.name}`, []) : undefined;
    const measure = { ...target, prediction, sampleShare, sampleWeight };
    const name = objective.length > 1 ? each.name : undefined;
    return { target: target.input, sampleWeight, ...measureOutput(each, measure, name) };
  });
  const parts = [
    ...measured.flatMap(({ loss }) => loss ?? []),
    ...model.trainableVariables.flatMap(({ regularizer, node }) => regularizer?.penalty(node) ?? []),
    ...context.losses.map((node) => overBatch(node, sampleShare)),
  ];
  if (parts.length === 0) throw new GraphError(`model "${model.name}" has no loss; compile it with one`);
  const loss = sumOfScalars(parts);
  const lossFigures = measured.flatMap(({ lossFigure }) => lossFigure ?? []);
  const graph = {
    inputs,
    targets: measured.map(({ target }) => target),
    sampleWeights: measured.map(({ sampleWeight }) => sampleWeight),
    sampleShare,
    predictions: [],
    figures: [
      meanFigure("loss", loss),
      ...(lossFigures.length > 1 ? lossFigures : []),
      ...measured.flatMap(({ metricFigures }) => metricFigures),
    ],
    updates: [],
    schedules: {},
    variables: model.variables,
  };
  return { graph, loss, context };
}

/** A shared number as it is; of a number for each sample, the mean over the batch. */
export function overBatch(node: Node, sampleShare: Node): Node {
  return node.type.scope === "shared" ? node : sumSamples(mul(node, sampleShare));
}

interface Target {
  /** Where the targets enter, if they are data of their own. */
  readonly input: Node | undefined;
  /** The targets themselves; undefined where there are none. */
  readonly expected: Node | undefined;
}

function targetOf(kind: TargetKind, { name }: OutputObjective, inputs: readonly Node[], prediction: Node): Target {
  if (kind === "none") return { input: undefined, expected: undefined };
  if ("input" in kind) {
    return { input: undefined, expected: reshape(inputs[kind.input] as Node, prediction.type.shape) };
  }
  const input = inputNode(`target of ${name}`, kind.shape);
  return { input, expected: input };
}

/**
 * Loss and metrics of one output.
 *
 * @param prefix the output's name where the figures of several outputs must be told apart.
 */
function measureOutput(
  { loss, lossWeight, metrics, weightedMetrics }: OutputObjective,
  { expected: target, prediction, ...weights }: Target & BatchWeights & { readonly prediction: Node },
  prefix: string | undefined,
): { loss: Node | undefined; lossFigure: Figure | undefined; metricFigures: Figure[] } {
  if (target === undefined) return { loss: undefined, lossFigure: undefined, metricFigures: [] };
  const named = (name: string): string => (prefix === undefined ? name : `${prefix}_${name}`);
  const value = loss && reduceLoss(loss.values(target, prediction), loss.reduction, weights);
  const { sampleShare, sampleWeight } = weights;
  const weight = isSample(sampleShare);
  const weighted = sampleWeight === undefined ? weight : mul(sampleWeight, weight);
  const names = new Set(metrics.map(({ name }) => name));
  const metricFigures = [
    ...metrics.map((metric) =>
      metricFigure(metric, named(metric.name), { target, prediction, weight, isWeighted: false }),
    ),
    ...weightedMetrics.map((metric) => {
      // As in Keras, the same metric with and without weights is told apart.
      const name = named(names.has(metric.name) ? `weighted_${metric.name}` : metric.name);
      return metricFigure(metric, name, { target, prediction, weight: weighted, isWeighted: true });
    }),
  ];
  return {
    loss: value === undefined || lossWeight === 1 ? value : mul(value, lossWeight),
    lossFigure: value && meanFigure(named("loss"), value),
    metricFigures,
  };
}

function lowerModel(
  model: TrainableModel,
  training: boolean,
): { inputs: readonly Node[]; outputs: readonly Node[]; context: LowerContext & LowerRequests } {
  const context = lowerContext({ training });
  const inputs = model.inputs.map(({ shape, layer }) => inputNode(layer.name, shape));
  return { inputs, outputs: model.lowerCall(context, inputs), context };
}
