/**
 * A step of the optimizer as graph nodes: gradients in, new values of variables and of what the optimizer keeps out. In the
 * order of Keras's `BaseOptimizer.apply`: accumulate gradients, clip them, let weights decay, follow the rule, average the weights,
 * meet the constraints.
 */
import type { ParameterUpdate } from "../../compile/specification.ts";
import type { Node } from "../../graph/node.ts";
import { add, div, mul, sub, where } from "../../ops/elementwise.ts";
import { scalarNode } from "../../ops/leaf.ts";
import { clipGradients } from "../optimizers/gradient-clipping.ts";
import { averaged } from "../optimizers/moving-average.ts";
import type { Optimizer, UpdateResult } from "../optimizers/optimizer.ts";
import type { Variable } from "../variable.ts";

/** A variable with its gradient and the nodes of its slots. */
export interface TrainedVariable {
  readonly variable: Variable;
  readonly gradient: Node;
  readonly slots: Readonly<Record<string, Node>>;
}

type Scalars = Readonly<Record<string, Node>>;

export function optimizerUpdates(optimizer: Optimizer, trained: readonly TrainedVariable[]): ParameterUpdate[] {
  const scalars = Object.fromEntries(Object.keys(optimizer.scalars(0)).map((name) => [name, scalarNode(name)]));
  const gradients = clipGradients(
    trained.map((each) => meanGradient(optimizer, each)),
    optimizer.common,
  );
  return trained.flatMap((each, index) => {
    const { variable, slots } = each;
    const result = variableUpdate(optimizer, each, gradients[index] as Node, scalars);
    const value = variable.constraint?.apply(result.variable) ?? result.variable;
    const slotUpdates = optimizer.slots.map((slot) => ({
      parameter: slots[slot] as Node,
      value: result.slots[slot] as Node,
    }));
    return [{ parameter: variable.node, value }, ...slotUpdates];
  });
}

/** The gradient of this step, or the mean of those accumulated and this. */
function meanGradient({ common }: Optimizer, { gradient, slots }: TrainedVariable): Node {
  const { gradientAccumulationSteps: steps } = common;
  return steps === undefined ? gradient : div(add(gradient, slots["gradient_accumulator"] as Node), steps);
}

/** @param clipped the gradient that the rule follows. */
function variableUpdate(optimizer: Optimizer, trained: TrainedVariable, clipped: Node, scalars: Scalars): UpdateResult {
  const { variable, slots } = trained;
  const decayed = decayedVariable(optimizer, variable, scalars);
  const ruled = optimizer.update({ variable: decayed, gradient: clipped, slots, scalars });
  const result = onlyWhereDue(ruled, trained, scalars);
  if (!optimizer.common.useEma) return result;
  const { average, weight } = averaged(result.variable, slots["average"] as Node, scalars);
  return { variable: weight, slots: { ...result.slots, average } };
}

// w ← w − w · decay · learning rate (Loshchilov and Hutter 2019, arXiv:1711.05101)
function decayedVariable({ common }: Optimizer, { node, path }: Variable, { weightDecay }: Scalars): Node {
  const isExcluded = common.excludeFromWeightDecay.some((text) => path.includes(text));
  return weightDecay === undefined || isExcluded ? node : sub(node, mul(node, weightDecay));
}

/** Where gradients accumulate, nothing changes until there are enough; then their sum begins anew. */
function onlyWhereDue(
  result: UpdateResult,
  { variable, gradient, slots }: TrainedVariable,
  { isUpdate }: Scalars,
): UpdateResult {
  if (isUpdate === undefined) return result;
  const next = Object.entries(result.slots).map(([slot, value]) => [slot, where(isUpdate, value, slots[slot] as Node)]);
  const accumulated = add(slots["gradient_accumulator"] as Node, gradient);
  return {
    variable: where(isUpdate, result.variable, variable.node),
    slots: Object.fromEntries([
      ...next,
      ["gradient_accumulator", where(isUpdate, 0, accumulated)],
    ]) as UpdateResult["slots"],
  };
}
