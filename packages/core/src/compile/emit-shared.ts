/**
 * Kernels of work on shared tensors: they get the share of the units that this thread computes, how many slots and
 * micro-batches the batch fills, and this thread's scratch. A unit is four consecutive elements, or what the operation says.
 */
import type { Node } from "../graph/node.ts";
import type { Reader, SharedLoops } from "../graph/op.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { KernelBuilder, sumLanes, value } from "../kernel/builder.ts";
import type { KernelFunction, KernelOptions } from "../kernel/builder.ts";
import { flatten, Index } from "../kernel/index-expr.ts";
import type { IndexLike } from "../kernel/index-expr.ts";
import { add, float, int, load, splat } from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import { forEachPosition } from "../ops/loops.ts";
import { range } from "../ops/tile.ts";
import { constantOf } from "./addresses.ts";
import type { Addresses } from "./addresses.ts";
import { broadcastIndex } from "./broadcast-index.ts";
import { isElementwise } from "./fuse.ts";
import { FLOAT_BYTES, keepsLanes, VECTOR_BYTES } from "./memory-plan.ts";
import type { Place } from "./memory-plan.ts";
import type { Task } from "./schedule.ts";
import { finishElement } from "./tail.ts";

const ELEMENTS_PER_UNIT = 4;

interface SharedKernel {
  readonly k: KernelBuilder;
  readonly addresses: Addresses;
  readonly from: Index;
  readonly to: Index;
  readonly slots: Index;
  readonly microBatches: Index;
  readonly scratch: Index;
}

/** Into how many units the work of a task can be cut. */
export function unitsOf({ kind, members }: Task): number {
  const root = members[0] as Node;
  if (kind === "commit") return Math.ceil(sizeOf(root.type.shape) / ELEMENTS_PER_UNIT);
  const { kernel } = root.op;
  const types = root.inputs.map(({ type }) => type);
  if (kernel.kind === "batchSum") return kernel.units(types);
  if (kernel.kind === "loops" && kernel.shared !== undefined) return kernel.shared.units(types, root.attributes);
  return isElementwise(root) ? Math.ceil(sizeOf(root.type.shape) / ELEMENTS_PER_UNIT) : 1;
}

export function emitShared(task: Task, addresses: Addresses, options?: KernelOptions): KernelFunction {
  const root = task.members[0] as Node;
  const k = new KernelBuilder(`${task.kind} ${root.op.name} #${root.id}`, options);
  const [from, to] = [k.parameter("from"), k.parameter("to")];
  const [slots, microBatches, scratch] = [k.parameter("slots"), k.parameter("microBatches"), k.parameter("scratch")];
  const kernel = { k, addresses, from, to, slots, microBatches, scratch };
  if (task.kind === "combine") emitCombine(task, kernel);
  else if (task.kind === "commit") emitCommit(task, kernel);
  else if (root.op.kernel.kind === "batchSum") emitBatchSum(task, kernel);
  else if (root.op.kernel.kind === "loops" && root.op.kernel.shared !== undefined) {
    emitLoops(task, root.op.kernel.shared, kernel);
  } else if (isElementwise(root)) emitElementwise(task, kernel);
  else emitSequential(task, kernel);
  return k.finish();
}

/** Adds up the slots of four elements, first slot to last, and then their lanes where those have sums of their own. */
function emitCombine(task: Task, kernel: SharedKernel): void {
  const { k, addresses, slots } = kernel;
  const root = task.members[0] as Node;
  const { offset } = addresses.plan.sums.get(root) as Place;
  const hasLanes = keepsLanes(root.op.kernel);
  const elementBytes = hasLanes ? VECTOR_BYTES : FLOAT_BYTES;
  k.for(kernel.from, kernel.to, (unit) => {
    const element = unit.times(ELEMENTS_PER_UNIT);
    const sums = range(hasLanes ? ELEMENTS_PER_UNIT : 1).map(() => k.accumulator(float(0)));
    k.for(0, slots, (slot) => {
      const start = slot.times(addresses.plan.bytes.slot).plus(addresses.bases.slots + offset);
      const first = start.plus(element.times(elementBytes));
      for (const [i, sum] of sums.entries()) k.assign(sum, add(value(sum), load(first.plus(i * VECTOR_BYTES))));
    });
    const totals = sums.map(value);
    const total = hasLanes ? sumLanes(k, totals as [Vec, Vec, Vec, Vec]) : (totals[0] as Vec);
    finish(task, kernel, element, ELEMENTS_PER_UNIT, total);
  });
}

function emitBatchSum(task: Task, kernel: SharedKernel): void {
  const { k, addresses, microBatches, from, to, scratch } = kernel;
  const root = task.members[0] as Node;
  if (root.op.kernel.kind !== "batchSum") throw new Error(`${root.op.name} is not a sum over a whole batch`);
  const resident = (microBatch: Index): Index =>
    microBatch.times(addresses.plan.bytes.resident).plus(addresses.bases.resident);
  root.op.kernel.build({
    k,
    inputs: root.inputs.map((input) => ({
      type: input.type,
      at: (microBatch, index, vector) => addresses.read(input, index, vector, { resident: resident(microBatch) }),
    })),
    attributes: root.attributes,
    type: root.type,
    vectors: addresses.plan.lanes / 4,
    from,
    to,
    microBatches,
    workspace: scratch,
    put: (index, count, result) => finish(task, kernel, Index.from(index), count, result),
  });
}

function emitLoops(task: Task, { build }: SharedLoops<unknown>, kernel: SharedKernel): void {
  const { k, addresses, from, to } = kernel;
  const root = task.members[0] as Node;
  build({
    k,
    inputs: root.inputs.map((input) => ({
      type: input.type,
      at: (index) => addresses.read(input, index, 0, {}),
      four: (index) => load(addresses.of(input, {}).plus(Index.from(index).times(FLOAT_BYTES))),
    })),
    attributes: root.attributes,
    type: root.type,
    from,
    to,
    put: (index, count, result) => finish(task, kernel, Index.from(index), count, result),
  });
}

function emitElementwise(task: Task, kernel: SharedKernel): void {
  kernel.k.for(kernel.from, kernel.to, (unit) =>
    finish(task, kernel, unit.times(ELEMENTS_PER_UNIT), ELEMENTS_PER_UNIT, undefined),
  );
}

function emitCommit(task: Task, kernel: SharedKernel): void {
  const start = kernel.addresses.of(task.members[0] as Node, {});
  kernel.k.for(kernel.from, kernel.to, (unit) => {
    const element = unit.times(ELEMENTS_PER_UNIT);
    finish(task, kernel, element, ELEMENTS_PER_UNIT, load(start.plus(element.times(FLOAT_BYTES))));
  });
}

/** Computes a group's members at four consecutive elements, or at one. */
function finish(task: Task, { k, addresses }: SharedKernel, element: Index, count: 4 | 1, root: Vec | undefined): void {
  const at = (start: Index): Index => start.plus(element.times(FLOAT_BYTES));
  const store = (start: Index, result: Vec): void =>
    count === 4 ? k.store(at(start), result) : k.storeLane(at(start), result);
  finishElement(k, task, root, {
    read(operand) {
      const number = constantOf(operand);
      if (number !== undefined) return float(number);
      const start = addresses.of(operand, {});
      if (sizeOf(operand.type.shape) === 1) return splat(start);
      return count === 4 ? load(at(start)) : splat(at(start));
    },
    write: (member, result) => store(addresses.of(member, {}), result),
    update: (parameter, result) => store(addresses.of(parameter, {}), result),
  });
}

/** Anything else on shared tensors: one number at a time, in all lanes, by one thread. */
function emitSequential(task: Task, { k, addresses, from, to }: SharedKernel): void {
  const root = task.members[0] as Node;
  const { kernel } = root.op;
  const { shape } = root.type;
  const address = (start: Index, coordinates: readonly IndexLike[]): Index =>
    start.plus(flatten(coordinates, shape).times(FLOAT_BYTES));
  const put = (coordinates: readonly IndexLike[], result: Vec | undefined): void =>
    finishElement(k, task, result, {
      read: (operand) =>
        addresses.read(operand, broadcastIndex(coordinates.map(Index.from), shape, operand.type.shape), 0, {}),
      write: (member, each) => k.storeLane(address(addresses.of(member, {}), coordinates), each),
      update: (parameter, each) => k.storeLane(address(addresses.of(parameter, {}), coordinates), each),
    });

  k.for(from, to, () => {
    if (kernel.kind === "map") {
      forEachPosition(k, shape, (coordinates) => put(coordinates, undefined));
      return;
    }
    if (kernel.kind !== "loops") throw new Error(`${root.op.name} cannot run on shared tensors`);
    const partialStart = (): Index => addresses.of(task.writes[0] as Node, {});
    kernel.build({
      k,
      inputs: root.inputs.map((input): Reader => ({
        type: input.type,
        at: (index) => addresses.read(input, index, 0, {}),
        gather: (positions, offset) => addresses.gather(input, positions, offset, 0, {}),
      })),
      attributes: root.attributes,
      type: root.type,
      vectors: 1,
      put: (coordinates, _, result) => put(coordinates, result),
      putPartial: (coordinates, _, result) => k.storeLane(address(partialStart(), coordinates), result),
      partial: (coordinates) => splat(address(partialStart(), coordinates)),
      addPartial: () => {
        throw new Error(`${root.op.name} adds at positions of each sample's own, and its result is shared`);
      },
      random: {
        sample: () => int(0),
        step: splat(Index.constant(addresses.bases.step)),
        seed: splat(Index.constant(addresses.bases.seed)),
      },
    });
  });
}
