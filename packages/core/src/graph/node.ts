/** A graph is its nodes: each holds the operation that made it and the nodes it was made from. Nodes never change. */
import type { Op } from "./op.ts";
import type { TensorType } from "./tensor-type.ts";

export interface Node {
  /** Increases with creation, so that inputs always have smaller numbers. */
  readonly id: number;
  readonly op: Op;
  readonly inputs: readonly Node[];
  readonly attributes: unknown;
  readonly type: TensorType;
}

let nextId = 0;

/** Applies an operation: infers and checks the result's type, and returns the new node. */
export function apply<A>(op: Op<A>, inputs: readonly Node[], attributes: A): Node {
  const type = op.infer(
    inputs.map((input) => input.type),
    attributes,
  );
  // An op is only ever called with attributes of its own kind: this is the one place where they are joined.
  return { id: nextId++, op: op as Op, inputs, attributes, type };
}

/** Every node that `outputs` depend on, inputs before users. */
export function topologicalOrder(outputs: readonly Node[]): Node[] {
  const seen = new Set<Node>();
  const pending = [...outputs];
  while (pending.length > 0) {
    const node = pending.pop() as Node;
    if (seen.has(node)) continue;
    seen.add(node);
    pending.push(...node.inputs);
  }
  return [...seen].toSorted((a, b) => a.id - b.id);
}
