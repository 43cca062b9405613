/**
 * Fusion: nodes become groups. A group is computed by one loop nest; its first node is computed by that node's kernel and each
 * further one element-wise from values that are still in registers.
 *
 * An element-wise node joins the group of an operand of its own shape, unless one of its other operands can only
 * be computed after that group. What does not join begins a group of its own.
 */
import { topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import { sameShape, sizeOf } from "../graph/tensor-type.ts";

export interface Group {
  /** First the node whose kernel makes the loops, then element-wise ones, operands before users. */
  readonly members: readonly Node[];
}

interface OpenGroup {
  readonly members: Node[];
  readonly dependencies: Set<OpenGroup>;
}

/** The node whose memory holds a node's value: views have none of their own. */
export function storageOf(node: Node): Node {
  let storage = node;
  while (storage.op.kernel.kind === "view") storage = storage.inputs[0] as Node;
  return storage;
}

export function hasNoCode(node: Node): boolean {
  const { kind } = node.op.kernel;
  return kind === "leaf" || kind === "constant" || kind === "view";
}

/** The groups of everything that `outputs` depend on, each after those it depends on. */
export function fuse(outputs: readonly Node[]): Group[] {
  const groupOf = new Map<Node, OpenGroup>();
  const groups: OpenGroup[] = [];
  for (const node of topologicalOrder(outputs)) {
    if (hasNoCode(node)) continue;
    let group = chooseGroup(node, groupOf);
    if (group === undefined) {
      group = { members: [], dependencies: new Set() };
      groups.push(group);
    }
    group.members.push(node);
    groupOf.set(node, group);
    for (const operand of operandGroups(node, groupOf)) if (operand !== group) group.dependencies.add(operand);
  }
  return inOrder(groups);
}

function operandGroups(node: Node, groupOf: ReadonlyMap<Node, OpenGroup>): OpenGroup[] {
  return node.inputs.flatMap((input) => groupOf.get(storageOf(input)) ?? []);
}

function chooseGroup(node: Node, groupOf: ReadonlyMap<Node, OpenGroup>): OpenGroup | undefined {
  if (node.op.kernel.kind !== "map" || !isElementwise(node)) return undefined;
  // The latest operand first: it is the one most likely to come after all others.
  const candidates = node.inputs
    .filter((input) => groupOf.has(input) && sameType(input, node))
    .sort((a, b) => b.id - a.id)
    .map((input) => groupOf.get(input) as OpenGroup);
  return candidates.find(
    (candidate) =>
      isElementwise(candidate.members[0] as Node) &&
      node.inputs.every((input) => isAvailable(input, candidate, groupOf)),
  );
}

/** Whether an operand can be had inside the group: from a member's register, or from memory written before. */
function isAvailable(input: Node, group: OpenGroup, groupOf: ReadonlyMap<Node, OpenGroup>): boolean {
  const operand = groupOf.get(storageOf(input));
  if (operand === undefined) return true;
  if (operand === group) return group.members.includes(input);
  return !dependsOn(operand, group);
}

function dependsOn(group: OpenGroup, other: OpenGroup): boolean {
  const seen = new Set<OpenGroup>();
  const pending = [group];
  while (pending.length > 0) {
    const next = pending.pop() as OpenGroup;
    if (next === other) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...next.dependencies);
  }
  return false;
}

/**
 * Whether a shared node goes through memory in one sequence, four elements at a time: its operands have its size or are
 * single numbers. Per-sample nodes always do, as their lanes are samples.
 */
export function isElementwise(node: Node): boolean {
  if (node.type.scope === "sample") return true;
  const { kind } = node.op.kernel;
  if (kind === "sum" || kind === "batchSum") return true;
  if (kind !== "map") return false;
  const size = sizeOf(node.type.shape);
  return node.inputs.every(({ type }) => [1, size].includes(sizeOf(type.shape)));
}

function sameType(a: Node, b: Node): boolean {
  return a.type.scope === b.type.scope && sameShape(a.type.shape, b.type.shape);
}

/** Groups after their dependencies, otherwise in the order in which their first nodes were made. */
function inOrder(groups: readonly OpenGroup[]): Group[] {
  const done = new Set<OpenGroup>();
  const order: Group[] = [];
  const visit = (group: OpenGroup): void => {
    if (done.has(group)) return;
    done.add(group);
    for (const dependency of [...group.dependencies].sort(byFirstNode)) visit(dependency);
    order.push({ members: group.members });
  };
  for (const group of [...groups].sort(byFirstNode)) visit(group);
  return order;
}

function byFirstNode(a: OpenGroup, b: OpenGroup): number {
  return (a.members[0] as Node).id - (b.members[0] as Node).id;
}
