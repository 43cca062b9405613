/** A step of the optimizer as graph nodes: gradients in, new values of variables and of what the optimizer keeps out. */
import type { ParameterUpdate } from "../../compile/specification.ts";
import type { Node } from "../../graph/node.ts";
import { scalarNode } from "../../ops/leaf.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Variable } from "../variable.ts";

/** A variable with its gradient and the nodes of its slots. */
export interface TrainedVariable {
  readonly variable: Variable;
  readonly gradient: Node;
  readonly slots: Readonly<Record<string, Node>>;
}

export function optimizerUpdates(optimizer: Optimizer, trained: readonly TrainedVariable[]): ParameterUpdate[] {
  const scalars = Object.fromEntries(Object.keys(optimizer.scalars(0)).map((name) => [name, scalarNode(name)]));
  return trained.flatMap(({ variable, gradient, slots }) => {
    const result = optimizer.update({ variable: variable.node, gradient, slots, scalars });
    const value = variable.constraint?.apply(result.variable) ?? result.variable;
    const slotUpdates = optimizer.slots.map((slot) => ({
      parameter: slots[slot] as Node,
      value: result.slots[slot] as Node,
    }));
    return [{ parameter: variable.node, value }, ...slotUpdates];
  });
}
