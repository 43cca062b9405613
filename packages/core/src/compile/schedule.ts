/**
 * The schedule: which work happens in which stage.
 *
 * Even stages take one micro-batch after another through per-sample work; odd stages work on shared tensors, cut into shares
 * for the threads. Between two stages all threads meet at a barrier. Most training steps have two: forward and backward, then
 * gradients and updates. What per-sample work needs of parameters alone comes before, so that it does not cut that work in two.
 */
import type { Node } from "../graph/node.ts";
import { assert } from "../graph/error.ts";
import { fuse, storageOf } from "./fuse.ts";
import type { Group } from "./fuse.ts";
import type { ProgramSpecification } from "./specification.ts";

export type TaskKind =
  /** Rows of data become lanes. */
  | "input"
  /** Per-sample work of one group. */
  | "sample"
  /** One micro-batch's share of a sum over samples. */
  | "accumulate"
  /** The shares of a sum over samples, added up; then the group's element-wise work. */
  | "combine"
  /** Work on shared tensors only, or on operands kept for the whole batch. */
  | "shared"
  /** A parameter's new value, kept apart while the old one was still read, becomes its value. */
  | "commit"
  /** Lanes become rows of results. */
  | "output";

export interface Task {
  readonly kind: TaskKind;
  /** The nodes computed; of an input or output, the node moved. */
  readonly members: readonly Node[];
  /** Nodes read from memory (never views or constants). */
  readonly reads: readonly Node[];
  /** Nodes written to memory of their own. */
  readonly writes: readonly Node[];
  /** Members whose value also becomes a parameter's. */
  readonly updates: ReadonlyMap<Node, readonly Node[]>;
  stage: number;
}

export interface Schedule {
  readonly tasks: readonly Task[];
  readonly numStages: number;
  readonly inputs: readonly Node[];
  readonly outputs: ReadonlyMap<string, Node>;
}

export function isPerSample(task: Task): boolean {
  return task.kind === "input" || task.kind === "sample" || task.kind === "accumulate" || task.kind === "output";
}

export function schedule({ outputs, updates = [] }: ProgramSpecification): Schedule {
  const named = new Map(Object.entries(outputs));
  const groups = fuse([...named.values(), ...updates.map(({ value }) => value)]);
  const kept = keptNodes(groups, [...named.values()]);
  const computed = new Set(groups.flatMap(({ members }) => members));
  const targets = new Map<Node, Node[]>();
  for (const { parameter, value } of updates) {
    assert(computed.has(value), "a parameter's new value must be computed: a leaf or a reshaped value has no kernel");
    targets.set(value, [...(targets.get(value) ?? []), parameter]);
  }

  const tasks = groups.flatMap((group) => tasksOf(group, kept, targets));
  const inputs = inputsOf(tasks, [...named.values()]);
  const all = [
    ...inputs.map((node) => task("input", [node], [], [node])),
    ...tasks,
    ...[...named.values()]
      .filter((node) => node.type.scope === "sample")
      .map((node) => task("output", [node], [storageOf(node)], [])),
  ];
  const staged = assignStages(all) ? all : withCommits(all);
  return { tasks: staged, numStages: 1 + Math.max(0, ...staged.map(({ stage }) => stage)), inputs, outputs: named };
}

/**
 * Where updates read each other's parameters (a ← a + b, b ← b − a), none can be first, and where one reads its own parameter in
 * another order (a ← aᵀ), it would overwrite what it has yet to read: new values of such parameters are kept apart, and take effect
 * at the end.
 */
function withCommits(tasks: readonly Task[]): Task[] {
  const commits: Task[] = [];
  const changed = tasks.map((each) => {
    const isReadElsewhere = (parameter: Node): boolean =>
      tasks.some((other) => other.reads.includes(parameter) && (other !== each || readsOutOfOrder(each, parameter)));
    const kept = new Map<Node, readonly Node[]>();
    const late = new Map<Node, readonly Node[]>();
    for (const [value, parameters] of each.updates) {
      kept.set(
        value,
        parameters.filter((parameter) => !isReadElsewhere(parameter)),
      );
      const postponed = parameters.filter(isReadElsewhere);
      if (postponed.length > 0) late.set(value, postponed);
    }
    for (const [value, parameters] of late) {
      commits.push(task("commit", [value], [value], [], new Map([[value, parameters]])));
    }
    const writes = [...new Set([...each.writes, ...late.keys()])];
    return { ...each, writes, updates: kept, stage: 0 };
  });
  const all = [...changed, ...commits];
  assert(assignStages(all), "the tasks of a program depend on each other in a circle");
  return all;
}

/** Whether a task reads a node in an order of its own (a transposition does): element-wise work reads what it writes next. */
function readsOutOfOrder({ members }: Task, node: Node): boolean {
  const root = members[0] as Node;
  return root.op.kernel.kind === "loops" && root.inputs.some((input) => storageOf(input) === node);
}

/** Members that something outside their group reads from memory. */
function keptNodes(groups: readonly Group[], outputs: readonly Node[]): Set<Node> {
  const kept = new Set(outputs.map(storageOf));
  for (const { members } of groups) {
    for (const member of members) {
      for (const input of member.inputs) if (!members.includes(input)) kept.add(storageOf(input));
    }
  }
  return kept;
}

function tasksOf({ members }: Group, kept: ReadonlySet<Node>, targets: ReadonlyMap<Node, readonly Node[]>): Task[] {
  const root = members[0] as Node;
  const writes = members.filter((member) => kept.has(member));
  const updates = new Map(members.flatMap((member) => [[member, targets.get(member) ?? []] as const]));
  const operands = (nodes: readonly Node[]): Node[] => {
    const read = nodes.flatMap((node) => node.inputs).filter((input) => !members.includes(input));
    return [...new Set(read.map(storageOf))].filter((node) => node.op.kernel.kind !== "constant");
  };
  if (root.op.kernel.kind === "sum") {
    return [
      task("accumulate", [root], operands([root]), []),
      task("combine", members, operands(members.slice(1)), writes, updates),
    ];
  }
  const kind = root.type.scope === "sample" ? "sample" : "shared";
  return [task(kind, members, operands(members), writes, updates)];
}

function task(
  kind: TaskKind,
  members: readonly Node[],
  reads: readonly Node[],
  writes: readonly Node[],
  updates: ReadonlyMap<Node, readonly Node[]> = new Map(),
): Task {
  return { kind, members, reads, writes, updates, stage: 0 };
}

function inputsOf(tasks: readonly Task[], outputs: readonly Node[]): Node[] {
  const read = [...tasks.flatMap(({ reads }) => reads), ...outputs.map(storageOf)];
  return [...new Set(read)].filter(({ op: { kernel } }) => kernel.kind === "leaf" && kernel.source === "input");
}

/**
 * Raises each task's stage until every value is computed before it is read, and no parameter changes while it is read. False
 * where that has no end.
 */
function assignStages(tasks: readonly Task[]): boolean {
  const producer = new Map<Node, Task>();
  const accumulator = new Map<Node, Task>();
  const readers = new Map<Node, Task[]>();
  for (const each of tasks) {
    for (const node of each.writes) producer.set(node, each);
    if (each.kind === "accumulate") accumulator.set(each.members[0] as Node, each);
    for (const node of each.reads) readers.set(node, [...(readers.get(node) ?? []), each]);
  }
  /** The first stage in which `later` may read what `earlier` writes, or overwrite what it reads. */
  const after = (earlier: Task, later: Task): number => {
    if (isPerSample(earlier)) return earlier.stage + (isPerSample(later) ? 0 : 1);
    return earlier.stage + (isPerSample(later) ? 1 : 2);
  };
  const prologue = prologueOf(tasks, producer);
  for (let round = 0; round <= 2 * tasks.length; round++) {
    let changed = false;
    const firstPerSample = Math.max(0, ...prologue.map(({ stage }) => stage + 1));
    for (const each of tasks) {
      let stage = isPerSample(each) ? firstPerSample : 1;
      for (const node of each.reads) {
        const earlier = producer.get(node);
        if (earlier !== undefined) stage = Math.max(stage, after(earlier, each));
      }
      if (each.kind === "combine") {
        stage = Math.max(stage, after(accumulator.get(each.members[0] as Node) as Task, each));
      }
      for (const parameter of [...each.updates.values()].flat()) {
        for (const reader of readers.get(parameter) ?? []) {
          if (reader !== each || readsOutOfOrder(each, parameter)) stage = Math.max(stage, after(reader, each));
        }
      }
      if (stage > each.stage) {
        each.stage = stage;
        changed = true;
      }
    }
    if (!changed) return true;
  }
  return false;
}

/** Tasks that compute from parameters and scalars alone what per-sample tasks read. */
function prologueOf(tasks: readonly Task[], producer: ReadonlyMap<Node, Task>): Task[] {
  const early = new Set<Task>();
  for (const each of tasks) {
    const needsSamples = each.kind !== "shared" || each.reads.some((node) => !isEarly(node));
    if (!needsSamples) early.add(each);
  }
  function isEarly(node: Node): boolean {
    const earlier = producer.get(node);
    return node.type.scope === "shared" && (earlier === undefined || early.has(earlier));
  }
  const needed = new Set(tasks.filter(isPerSample).flatMap(({ reads }) => reads.map((node) => producer.get(node))));
  return [...early].filter((each) => needed.has(each));
}
