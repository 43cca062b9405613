import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { SymbolicTensor } from "../layers/layer.ts";
import { lowerContext } from "../layers/lower-context.ts";
import type { Variable } from "../variable.ts";
import type { ModelGraph, Schedule } from "./model-graph.ts";
import type { Predictor } from "./predict.ts";
import { stepScope } from "./step-scope.ts";
import type { StepScope } from "./step-scope.ts";

export interface Computation {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  /** What it computes with. */
  readonly variables: readonly Variable[];
  /** Decides the random numbers; 0 unless given. */
  readonly seed?: number;
  /** Per-sample nodes. */
  compute(scope: StepScope): readonly Node[];
}

/** Anything that is computed of samples, as something that predicts. */
export function computation({ name, inputs, variables, seed = 0, compute }: Computation): Predictor {
  const graph = (): ModelGraph => {
    const context = lowerContext({ training: false });
    const schedules: Record<string, Schedule> = {};
    const nodes = inputs.map(({ shape, layer }) => inputNode(layer.name, shape));
    const predictions = compute(stepScope(context, { inputs: nodes, targets: [] }, schedules));
    const { sampleShare } = context;
    return {
      inputs: nodes,
      targets: [],
      sampleWeights: [],
      sampleShare,
      predictions,
      figures: [],
      updates: [],
      schedules,
      variables,
    };
  };
  const outputs = graph().predictions.map(({ type }) => ({ shape: type.shape }));
  return { name, inputs, outputs, variables, seed, graph };
}
