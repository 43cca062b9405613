/** Rewrites a specification into an equal one that costs less: rules of the ops, and equal nodes become one. */
import { apply, topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import { verify } from "../graph/verify.ts";
import { rewriteRules } from "../ops/rewrite-rules.ts";
import type { ProgramSpecification } from "./specification.ts";

export function simplify(specification: ProgramSpecification): ProgramSpecification {
  const { outputs, updates = [] } = specification;
  const results = [...Object.values(outputs), ...updates.map(({ value }) => value)];
  verify(results);
  const rewritten = rewrite(results);
  verify([...rewritten.values()]);
  const mapped = (node: Node): Node => rewritten.get(node) as Node;
  return {
    ...specification,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, mapped(node)])),
    updates: updates.map(({ parameter, value }) => ({ parameter, value: mapped(value) })),
  };
}

function cheaperForm(node: Node): Node | undefined {
  for (const { op, rewrite } of rewriteRules) {
    const cheaper = op === node.op ? rewrite(node) : undefined;
    if (cheaper !== undefined) return cheaper;
  }
  return undefined;
}

/** For every node that `outputs` depend on, the one that takes its place. */
function rewrite(outputs: readonly Node[]): Map<Node, Node> {
  const known = new Map<string, Node>();
  const opNumbers = new Map<Op, number>();
  const replaced = new Map<Node, Node>();

  /** The first node equal to this one. */
  function unique(node: Node): Node {
    if (node.inputs.length === 0) return node;
    const number = opNumbers.get(node.op) ?? opNumbers.size;
    opNumbers.set(node.op, number);
    const key = `${number}(${node.inputs.map(({ id }) => id).join()})${JSON.stringify(node.attributes)}`;
    const first = known.get(key) ?? node;
    known.set(key, first);
    return first;
  }

  function replace(node: Node): Node {
    const before = replaced.get(node);
    if (before !== undefined) return before;
    const inputs = node.inputs.map(replace);
    const changed = inputs.some((input, i) => input !== node.inputs[i]);
    const current = changed ? apply(node.op, inputs, node.attributes) : node;
    const cheaper = cheaperForm(current);
    const result = cheaper === undefined ? unique(current) : replace(cheaper);
    replaced.set(node, result);
    return result;
  }

  for (const node of topologicalOrder(outputs)) replace(node);
  return replaced;
}
