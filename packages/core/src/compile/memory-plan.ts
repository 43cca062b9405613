/**
 * The memory plan: where everything lies, in bytes.
 *
 * - fixed: rows of data and results, scalars, shared intermediate results;
 * - resident: per micro-batch, per-sample tensors that outlive their stage or go out of the program;
 * - slot: running sums over samples, in each lane or of all; consecutive micro-batches share a slot, and the slots are added up
 *   in order, so the result does not depend on which thread computed which;
 * - scratch: per thread, the workspace of kernels and the per-sample tensors of one stage. Tensors whose lives do not overlap
 *   share memory.
 */
import type { Node } from "../graph/node.ts";
import { WORKSPACE_BYTES } from "../graph/op.ts";
import type { Kernel } from "../graph/op.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { storageOf } from "./fuse.ts";
import { isPerSample } from "./schedule.ts";
import type { Schedule, Task } from "./schedule.ts";

export const FLOAT_BYTES = 4;
export const VECTOR_BYTES = 16;
const ELEMENTS_PER_VECTOR = VECTOR_BYTES / FLOAT_BYTES;
const ALIGNMENT = 64;
/** At most so many slots: more would only add memory traffic. */
const MAX_SLOTS = 16;

export type Region = "fixed" | "resident" | "slot" | "scratch";

export interface Place {
  readonly region: Region;
  readonly offset: number;
}

export interface MemoryPlan {
  /** Samples per micro-batch. */
  readonly lanes: number;
  readonly numMicroBatches: number;
  readonly numSlots: number;
  readonly microBatchesPerSlot: number;
  /** Where each node's value lies; of an input, where its lanes lie. */
  readonly places: ReadonlyMap<Node, Place>;
  readonly sums: ReadonlyMap<Node, Place>;
  readonly inputRows: ReadonlyMap<Node, Place>;
  readonly outputRows: ReadonlyMap<Node, Place>;
  readonly scalars: ReadonlyMap<Node, Place>;
  /** Bytes of each region: once, per micro-batch, per slot, per thread. */
  readonly bytes: Readonly<Record<Region, number>>;
}

export function planMemory(schedule: Schedule, batchSize: number, lanes: number): MemoryPlan {
  const { tasks } = schedule;
  const numMicroBatches = Math.ceil(batchSize / lanes);
  const microBatchesPerSlot = Math.ceil(numMicroBatches / MAX_SLOTS);
  const places = new Map<Node, Place>();
  const bytes = { fixed: 0, resident: 0, slot: 0, scratch: 0 };
  const reserve = (region: Region, size: number): Place => {
    const offset = bytes[region];
    bytes[region] += align(size);
    return { region, offset };
  };
  const reserveAll = (nodes: Iterable<Node>, region: Region, unit: number): Map<Node, Place> =>
    new Map([...nodes].map((node) => [node, reserve(region, sizeOf(node.type.shape) * unit)]));

  const shownScalars = [...schedule.outputs.values()].map(storageOf).filter((node) => isLeaf(node, "scalar"));
  const scalars = reserveAll(new Set([...leaves(tasks, "scalar"), ...shownScalars]), "fixed", FLOAT_BYTES);
  const rows = numMicroBatches * lanes * FLOAT_BYTES;
  const inputRows = reserveAll(schedule.inputs, "fixed", rows);
  const outputRows = reserveAll(
    tasks.filter(({ kind }) => kind === "output").map(({ members }) => members[0] as Node),
    "fixed",
    rows,
  );
  const accumulated = tasks.filter(({ kind }) => kind === "accumulate").map(({ members }) => members[0] as Node);
  const sums = new Map(accumulated.map((node) => [node, reserve("slot", runningSumsBytes(node))]));
  const resident = residentNodes(tasks);
  for (const node of tasks.flatMap(({ writes }) => writes)) {
    const size = sizeOf(node.type.shape) * FLOAT_BYTES;
    if (node.type.scope === "shared") places.set(node, reserve("fixed", Math.ceil(size / VECTOR_BYTES) * VECTOR_BYTES));
    else if (resident.has(node)) places.set(node, reserve("resident", size * lanes));
  }
  bytes.scratch = WORKSPACE_BYTES + placeInScratch(tasks, lanes, places);
  return {
    lanes,
    numMicroBatches,
    numSlots: Math.ceil(numMicroBatches / microBatchesPerSlot),
    microBatchesPerSlot,
    places,
    sums,
    inputRows,
    outputRows,
    scalars,
    bytes,
  };
}

/** What the running sums of a node take: those of elements in fours, the last of which may be unused. */
function runningSumsBytes({ op: { kernel }, type }: Node): number {
  const size = sizeOf(type.shape);
  return (keepsLanes(kernel) ? size : Math.ceil(size / ELEMENTS_PER_VECTOR)) * VECTOR_BYTES;
}

/** Whether a sum over samples runs in each lane of its own. */
export function keepsLanes(kernel: Kernel<unknown>): boolean {
  return kernel.kind === "sum" && kernel.running === "lanes";
}

export function leaves(tasks: readonly Task[], source: "input" | "parameter" | "scalar"): Set<Node> {
  const read = tasks.flatMap(({ reads }) => reads);
  return new Set(read.filter((node) => isLeaf(node, source)));
}

export function isLeaf({ op: { kernel } }: Node, source: "input" | "parameter" | "scalar"): boolean {
  return kernel.kind === "leaf" && kernel.source === source;
}

/** Per-sample values that another stage reads. */
function residentNodes(tasks: readonly Task[]): Set<Node> {
  const stageOf = new Map(tasks.flatMap(({ writes, stage }) => writes.map((node) => [node, stage] as const)));
  const crossing = (task: Task): Node[] =>
    task.reads.filter((node) => node.type.scope === "sample" && stageOf.get(node) !== task.stage);
  return new Set(tasks.flatMap(crossing));
}

interface Life {
  readonly node: Node;
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Gives each remaining per-sample value the lowest offset that is free while it lives, largest first. Returns the bytes. */
function placeInScratch(tasks: readonly Task[], lanes: number, places: Map<Node, Place>): number {
  let total = 0;
  for (const stage of new Set(tasks.filter(isPerSample).map((task) => task.stage))) {
    const placed: (Life & { offset: number })[] = [];
    const lives = livesIn(
      tasks.filter((task) => task.stage === stage),
      lanes,
      places,
    );
    for (const life of lives.toSorted((a, b) => b.size - a.size)) {
      const neighbours = placed.filter((other) => other.from <= life.to && life.from <= other.to);
      let offset = 0;
      for (const other of neighbours.toSorted((a, b) => a.offset - b.offset)) {
        if (offset + life.size <= other.offset) break;
        offset = Math.max(offset, other.offset + other.size);
      }
      placed.push({ ...life, offset });
      places.set(life.node, { region: "scratch", offset: WORKSPACE_BYTES + offset });
      total = Math.max(total, offset + life.size);
    }
  }
  return total;
}

function livesIn(tasks: readonly Task[], lanes: number, places: ReadonlyMap<Node, Place>): Life[] {
  return tasks.flatMap(({ writes }, from) =>
    writes
      .filter((node) => node.type.scope === "sample" && !places.has(node))
      .map((node) => ({
        node,
        from,
        to: Math.max(
          from,
          tasks.findLastIndex(({ reads }) => reads.includes(node)),
        ),
        size: align(sizeOf(node.type.shape) * lanes * FLOAT_BYTES),
      })),
  );
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
