/** What graphs of one's own are written with: the steps of custom trainings, and computations. */
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { scalarNode } from "../../ops/leaf.ts";
import { randomNormal, randomUniform } from "../../ops/random.ts";
import type { Layer } from "../layers/layer.ts";
import type { LowerContext } from "../layers/lower-context.ts";
import type { Schedule } from "./model-graph.ts";

export interface StepScope extends LowerContext {
  /** The samples of the batch, for each of the inputs. */
  readonly inputs: readonly Node[];
  /** What is to become of the samples of the batch, for each of the targets; none where the training has no such data. */
  readonly targets: readonly Node[];
  /** What a layer or model makes of nodes; as in training where `training` is true. */
  call(layer: Layer, ...nodes: readonly Node[]): readonly Node[];
  /** Numbers of the standard normal distribution, other ones for every sample and step. */
  normal(shape: Shape): Node;
  /** Numbers spread evenly over [0, 1), likewise. */
  uniform(shape: Shape): Node;
  /** A number that changes with the batches trained on. Where a model is only measured, it is at its end: `at(Infinity)`. */
  schedule(at: Schedule): Node;
}

/** What a step sees of a batch. */
export type StepData = Pick<StepScope, "inputs" | "targets">;

/** @param schedules takes what the scope's user schedules, by the names of the scalars. */
export function stepScope(
  context: LowerContext,
  { inputs, targets }: StepData,
  schedules: Record<string, Schedule>,
): StepScope {
  return {
    ...context,
    inputs,
    targets,
    call: (layer, ...nodes) => layer.lowerCall(context, nodes),
    normal: (shape) => randomNormal(shape, { stream: context.randomStream() }),
    uniform: (shape) => randomUniform(shape, { stream: context.randomStream() }),
    schedule: (at) => {
      const name = `schedule ${Object.keys(schedules).length}`;
      schedules[name] = at;
      return scalarNode(name);
    },
  };
}
