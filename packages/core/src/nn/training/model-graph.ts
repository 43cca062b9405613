/** Models as graphs: what the programs that train, evaluate and predict compute. */
import { gradients } from "../../autodiff/gradient.ts";
import type { ParameterUpdate } from "../../compile/specification.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { mul } from "../../ops/elementwise.ts";
import { inputNode, scalarNode } from "../../ops/leaf.ts";
import { sumSamples } from "../../ops/reduce.ts";
import { reshape } from "../../ops/shape.ts";
import type { LowerContext, SymbolicTensor } from "../layers/layer.ts";
import type { Loss } from "../losses/loss.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Variable } from "../variable.ts";

/** What training needs of a model. */
export interface TrainableModel {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly variables: readonly Variable[];
  readonly trainableVariables: readonly Variable[];
  lower(context: LowerContext, inputs: readonly Node[]): readonly Node[];
}

/** What the model is trained for, and how that is measured. */
export interface Objective {
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

/** A graph with the nodes that its owner fills before each run. */
export interface ModelGraph {
  readonly inputs: readonly Node[];
  /** The targets; undefined where there are none, or where they are the inputs. */
  readonly target?: Node | undefined;
  /** 1 / (number of samples) for each sample of the batch, 0 for lanes that it does not fill. */
  readonly sampleWeight?: Node;
  readonly outputs: Readonly<Record<string, Node>>;
  readonly updates: readonly ParameterUpdate[];
}

/** The predictions of the model, one output for each of its outputs, by number. */
export function predictionGraph(model: TrainableModel): ModelGraph {
  const { inputs, outputs } = lowerModel(model, false);
  return { inputs, outputs: Object.fromEntries(outputs.map((node, index) => [String(index), node])), updates: [] };
}

/** Loss and metrics of a batch. */
export function evaluationGraph(model: TrainableModel, objective: Objective, target: TargetKind): ModelGraph {
  return { ...measuredGraph(model, objective, target, false), updates: [] };
}

/** Loss and metrics of a batch, and a step of the optimizer. */
export function trainingGraph(
  model: TrainableModel,
  objective: Objective,
  target: TargetKind,
  optimizer: Optimizer,
  slotsOf: (variable: Variable) => Readonly<Record<string, Node>>,
): ModelGraph {
  const graph = measuredGraph(model, objective, target, true);
  const variables = model.trainableVariables;
  const slopes = gradients(
    graph.outputs["loss"] as Node,
    variables.map(({ node }) => node),
  );
  const scalars = Object.fromEntries(Object.keys(optimizer.scalars(0)).map((name) => [name, scalarNode(name)]));
  const updates = variables.flatMap((variable, index) => {
    const slots = slotsOf(variable);
    const gradient = slopes[index] as Node;
    const result = optimizer.update({ variable: variable.node, gradient, slots, scalars });
    const slotUpdates = optimizer.slots.map((slot) => ({
      parameter: slots[slot] as Node,
      value: result.slots[slot] as Node,
    }));
    return [{ parameter: variable.node, value: result.variable }, ...slotUpdates];
  });
  return { ...graph, updates };
}

/** What the targets are: the model's only input itself, or data of a shape. */
export type TargetKind = "input" | { readonly shape: Shape };

function measuredGraph(
  model: TrainableModel,
  { loss, metrics }: Objective,
  kind: TargetKind,
  training: boolean,
): Omit<ModelGraph, "updates"> {
  const { inputs, outputs } = lowerModel(model, training);
  const prediction = outputs[0] as Node;
  const target = kind === "input" ? undefined : inputNode("target", kind.shape);
  const expected = target ?? reshape(inputs[0] as Node, prediction.type.shape);
  const sampleWeight = inputNode("sampleWeight", []);
  const mean = (perSample: Node): Node => sumSamples(mul(perSample, sampleWeight));
  const figures = [["loss", loss] as const, ...metrics.map((metric) => [metric.name, metric] as const)];
  return {
    inputs,
    target,
    sampleWeight,
    outputs: Object.fromEntries(figures.map(([name, figure]) => [name, mean(figure.perSample(expected, prediction))])),
  };
}

function lowerModel(model: TrainableModel, training: boolean): { inputs: readonly Node[]; outputs: readonly Node[] } {
  let stream = 0;
  const context = { training, randomStream: () => stream++ };
  const inputs = model.inputs.map(({ shape, layer }) => inputNode(layer.name, shape));
  return { inputs, outputs: model.lower(context, inputs) };
}
