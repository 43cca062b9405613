/**
 * Fusion: nodes become groups. A group is computed by one loop nest; its first node is computed by that node's kernel and each
 * further one element-wise from values that are still in registers.
 *
 * An element-wise node joins the group of an operand of its own shape, unless one of its other operands can only
 * be computed after that group; purely element-wise groups of its other operands come along. What does not join begins a
 * group of its own. Afterwards, members that are cheaper to compute where they are used than to keep move there.
 */
import { assert } from "../graph/error.ts";
import { topologicalOrder } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import { sameShape, sizeOf } from "../graph/tensor-type.ts";

export interface Group {
  /** First the node whose kernel makes the loops, then element-wise ones, operands before users. */
  readonly members: readonly Node[];
}

interface OpenGroup {
  members: Node[];
}

/** The node whose memory holds a node's value: views have none of their own. */
export function storageOf(node: Node): Node {
  let storage = node;
  while (storage.op.kernel.kind === "view") storage = storage.inputs[0] as Node;
  return storage;
}

function hasNoCode(node: Node): boolean {
  const { kind } = node.op.kernel;
  return kind === "leaf" || kind === "constant" || kind === "view";
}

/** The groups of everything that `outputs` depend on, each after those it depends on. */
export function fuse(outputs: readonly Node[]): Group[] {
  const graph = new GroupGraph();
  for (const node of topologicalOrder(outputs)) {
    if (hasNoCode(node)) continue;
    const group = chooseGroup(node, graph);
    if (group === undefined) {
      graph.open(node);
      continue;
    }
    for (const input of node.inputs) {
      const other = graph.groupOf(input);
      if (other !== undefined && canJoin(other, group, node, graph)) graph.merge(other, group);
    }
    graph.join(node, group);
  }
  sinkMembers(graph, outputs);
  return graph.inOrder();
}

/** Groups under construction. */
class GroupGraph {
  readonly #groupOf = new Map<Node, OpenGroup>();
  readonly #groups = new Set<OpenGroup>();

  groupOf(node: Node): OpenGroup | undefined {
    return this.#groupOf.get(storageOf(node));
  }

  get groups(): readonly OpenGroup[] {
    return [...this.#groups].toSorted(byFirstNode);
  }

  open(node: Node): void {
    const group = { members: [node] };
    this.#groups.add(group);
    this.#groupOf.set(node, group);
  }

  join(node: Node, group: OpenGroup): void {
    const [root, ...rest] = group.members;
    group.members = [root as Node, ...[...rest, node].toSorted((a, b) => a.id - b.id)];
    this.#groupOf.set(node, group);
  }

  leave(node: Node, group: OpenGroup): void {
    group.members = group.members.filter((member) => member !== node);
  }

  merge(from: OpenGroup, into: OpenGroup): void {
    for (const member of from.members) this.join(member, into);
    this.#groups.delete(from);
  }

  dependencies(group: OpenGroup): OpenGroup[] {
    const inputs = new Set(group.members.flatMap((member) => member.inputs));
    const groups = new Set([...inputs].flatMap((input) => this.groupOf(input) ?? []));
    groups.delete(group);
    return [...groups];
  }

  /** Whether `group` can only be computed after `other`. */
  dependsOn(group: OpenGroup, other: OpenGroup): boolean {
    const seen = new Set<OpenGroup>();
    const pending = [group];
    while (pending.length > 0) {
      const next = pending.pop() as OpenGroup;
      if (next === other) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...this.dependencies(next));
    }
    return false;
  }

  /** Groups after their dependencies, otherwise in the order in which their first nodes were made. */
  inOrder(): Group[] {
    const begun = new Set<OpenGroup>();
    const order = new Map<OpenGroup, Group>();
    const visit = (group: OpenGroup): void => {
      if (begun.has(group)) {
        assert(order.has(group), `the group of ${rootOf(group).op.name} #${rootOf(group).id} depends on itself`);
        return;
      }
      begun.add(group);
      for (const dependency of this.dependencies(group).toSorted(byFirstNode)) visit(dependency);
      order.set(group, { members: group.members });
    };
    for (const group of this.groups) visit(group);
    return [...order.values()];
  }
}

function chooseGroup(node: Node, graph: GroupGraph): OpenGroup | undefined {
  if (!isMap(node) || !isElementwise(node)) return undefined;
  // Loops of an operation's own first, then the latest: it is the one most likely to come after all others.
  const candidates = node.inputs
    .filter((input) => storageOf(input) === input && graph.groupOf(input) !== undefined && sameType(input, node))
    .map((input) => graph.groupOf(input) as OpenGroup)
    .toSorted((a, b) => Number(isMap(rootOf(a))) - Number(isMap(rootOf(b))) || rootOf(b).id - rootOf(a).id);
  return candidates.find(
    (candidate) =>
      isElementwise(rootOf(candidate)) &&
      !(isLong(node) && isTiled(rootOf(candidate))) &&
      node.inputs.every((input) => isAvailable(input, candidate, graph)),
  );
}

/** Whether a node's kernel writes several elements of its result in one go, each with a copy of the code that follows. */
function isTiled(node: Node): boolean {
  return node.type.scope === "sample" && !isMap(node);
}

function isLong({ op: { kernel } }: Node): boolean {
  return kernel.kind === "map" && kernel.long === true;
}

function isMap({ op: { kernel } }: Node): boolean {
  return kernel.kind === "map";
}

function rootOf(group: OpenGroup | undefined): Node {
  return group?.members[0] as Node;
}

/** Whether an operand can be had inside the group: from a member's register, or from memory written before. */
function isAvailable(input: Node, group: OpenGroup, graph: GroupGraph): boolean {
  const operand = graph.groupOf(input);
  if (operand === undefined) return true;
  if (operand === group) return group.members.includes(input);
  return !graph.dependsOn(operand, group);
}

/** Whether a purely element-wise group of an operand of `node` may become part of the group that `node` joins. */
function canJoin(from: OpenGroup, into: OpenGroup, node: Node, graph: GroupGraph): boolean {
  return (
    from !== into &&
    isMap(rootOf(from)) &&
    !(isTiled(rootOf(into)) && from.members.some(isLong)) &&
    sameType(rootOf(from), node) &&
    from.members.every(isElementwise) &&
    node.inputs.every((input) => isAvailable(input, from, graph)) &&
    !graph.dependsOn(into, from) &&
    !graph.dependsOn(from, into)
  );
}

/**
 * Moves members into the only group that uses them, where that makes nothing else be kept in memory: a slope that is computed
 * forward and used backward is computed there, from what backward reads anyway.
 */
function sinkMembers(graph: GroupGraph, outputs: readonly Node[]): void {
  const users = new Map<Node, Set<Node>>();
  for (const member of graph.groups.flatMap(({ members }) => members)) {
    for (const input of member.inputs) {
      // Through a view a member is used as memory, which keeps it where it is.
      const used = storageOf(input);
      users.set(used, (users.get(used) ?? new Set()).add(used === input ? member : used));
    }
  }
  const results = new Set(outputs.map(storageOf));
  const isKept = (node: Node): boolean =>
    results.has(node) ||
    [...(users.get(node) ?? [])].some((user) => user === node || graph.groupOf(user) !== graph.groupOf(node));

  for (const group of graph.groups) {
    for (const member of group.members.slice(1).toReversed()) {
      const uses = [...(users.get(member) ?? [])];
      const target = uses[0] && graph.groupOf(uses[0]);
      const canMove =
        !results.has(member) &&
        target !== undefined &&
        target !== group &&
        !uses.includes(member) &&
        uses.every((user) => graph.groupOf(user) === target && target.members.indexOf(user) > 0) &&
        sameType(rootOf(target), member) &&
        isElementwise(rootOf(target)) &&
        member.inputs.every((input) => {
          const operand = graph.groupOf(input);
          return operand === undefined || operand === target || isKept(storageOf(input));
        });
      if (!canMove) continue;
      graph.leave(member, group);
      graph.join(member, target);
    }
  }
}

/**
 * Whether a shared node goes through memory in one sequence, four elements at a time: its operands have its size or are
 * single numbers. Per-sample nodes always do, as their lanes are samples.
 */
export function isElementwise(node: Node): boolean {
  if (node.type.scope === "sample") return true;
  const { kernel } = node.op;
  if (kernel.kind === "sum" || kernel.kind === "batchSum") return true;
  if (kernel.kind === "loops") return kernel.shared !== undefined;
  if (kernel.kind !== "map") return false;
  const size = sizeOf(node.type.shape);
  return node.inputs.every(({ type }) => [1, size].includes(sizeOf(type.shape)));
}

function sameType(a: Node, b: Node): boolean {
  return a.type.scope === b.type.scope && sameShape(a.type.shape, b.type.shape);
}

function byFirstNode(a: OpenGroup, b: OpenGroup): number {
  return rootOf(a).id - rootOf(b).id;
}
