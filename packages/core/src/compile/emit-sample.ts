/** Kernels of per-sample work: they get the bases of this thread's scratch, this micro-batch's residents and this slot. */
import type { Node } from "../graph/node.ts";
import type { Reader } from "../graph/op.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { KernelBuilder, transpose } from "../kernel/builder.ts";
import type { KernelFunction, KernelOptions } from "../kernel/builder.ts";
import { flatten, Index } from "../kernel/index-expr.ts";
import type { IndexLike } from "../kernel/index-expr.ts";
import { add, gather, indexVec, intAdd, load, shuffle, splat } from "../kernel/vec.ts";
import type { Vec } from "../kernel/vec.ts";
import { forEachPosition } from "../ops/loops.ts";
import { range } from "../ops/tile.ts";
import type { Addresses } from "./addresses.ts";
import { broadcastIndex, loopAxes } from "./broadcast-index.ts";
import { storageOf } from "./fuse.ts";
import { FLOAT_BYTES, VECTOR_BYTES } from "./memory-plan.ts";
import type { Place } from "./memory-plan.ts";
import type { Task } from "./schedule.ts";
import { finishElement } from "./tail.ts";

interface SampleKernel {
  readonly k: KernelBuilder;
  readonly addresses: Addresses;
  readonly regions: Readonly<Record<"scratch" | "resident" | "slot", Index>>;
  /** Position in the batch of the micro-batch's first sample. */
  readonly sample: Index;
  readonly vectors: number;
}

export function emitPerSample(task: Task, addresses: Addresses, options?: KernelOptions): KernelFunction {
  const root = task.members[0] as Node;
  const k = new KernelBuilder(`${task.kind} ${root.op.name} #${root.id}`, options);
  const regions = { scratch: k.parameter("scratch"), resident: k.parameter("resident"), slot: k.parameter("slot") };
  const sample = k.parameter("sample");
  const kernel = { k, addresses, regions, sample, vectors: addresses.plan.lanes / 4 };
  if (task.kind === "input") emitInput(root, kernel);
  else if (task.kind === "output") emitOutput(root, kernel);
  else if (task.kind === "accumulate") emitAccumulate(root, kernel);
  else if (root.op.kernel.kind === "loops") emitLoops(task, kernel);
  else emitElementwise(task, kernel);
  return k.finish();
}

function readersOf(node: Node, { addresses, regions }: SampleKernel): Reader[] {
  return node.inputs.map((input) => ({
    type: input.type,
    at: (index, vector = 0) => addresses.read(input, index, vector, regions),
    gather: (positions, offset, vector = 0) => addresses.gather(input, positions, offset, vector, regions),
  }));
}

function emitLoops(task: Task, kernel: SampleKernel): void {
  const { k, addresses, regions, sample, vectors } = kernel;
  const root = task.members[0] as Node;
  if (root.op.kernel.kind !== "loops") throw new Error(`${root.op.name} makes no loops`);
  const { shape } = root.type;
  const unfinished = (coordinates: readonly IndexLike[], vector: IndexLike): Index =>
    addresses.of(task.writes[0] as Node, regions).plus(addresses.laneOffset(flatten(coordinates, shape), vector));
  root.op.kernel.build({
    k,
    inputs: readersOf(root, kernel),
    attributes: root.attributes,
    type: root.type,
    vectors,
    put: (coordinates, vector, value) => finish(task, kernel, coordinates.map(Index.from), shape, vector, value),
    putPartial: (coordinates, vector, value) => k.store(unfinished(coordinates, vector), value),
    partial: (coordinates, vector) => load(unfinished(coordinates, vector)),
    addPartial(positions, offset, vector, value) {
      const { address, offsets, laneBytes } = addresses.lanes(
        task.writes[0] as Node,
        positions,
        offset,
        vector,
        regions,
      );
      const lanes = { address, offsets: k.let(offsets), laneBytes };
      k.scatter(lanes, add(gather(lanes), value));
    },
    random: {
      sample: (vector) =>
        intAdd(indexVec(sample.plus(Index.from(vector).times(4))), load(Index.constant(addresses.bases.laneNumbers))),
      step: splat(Index.constant(addresses.bases.step)),
      seed: splat(Index.constant(addresses.bases.seed)),
    },
  });
}

function emitElementwise(task: Task, kernel: SampleKernel): void {
  const { k, vectors } = kernel;
  const { shape } = (task.members[0] as Node).type;
  const operands = task.members.flatMap(({ inputs }) => inputs).map(({ type }) => type.shape);
  const axes = loopAxes(shape, operands);
  const together = k.wide && vectors % 2 === 0 ? 2 : 1;
  forEachPosition(k, axes, (coordinates) =>
    k.for(
      0,
      vectors,
      (first) =>
        k.sideBySide(
          range(together).map((i) => () => finish(task, kernel, coordinates, axes, first.plus(i), undefined)),
        ),
      { step: together, unroll: 4 / together },
    ),
  );
}

/** Computes a group's members at one element, whose coordinates are given in `axes`: the shape, or the shape with axes merged. */
function finish(
  task: Task,
  { k, addresses, regions }: SampleKernel,
  coordinates: readonly Index[],
  axes: Shape,
  vector: IndexLike,
  root: Vec | undefined,
): void {
  const offset = addresses.laneOffset(flatten(coordinates, axes), vector);
  finishElement(k, task, root, {
    read: (operand) => addresses.read(operand, broadcastIndex(coordinates, axes, operand.type.shape), vector, regions),
    write: (member, value) => k.store(addresses.of(member, regions).plus(offset), value),
    update: (parameter) => {
      throw new Error(`parameter #${parameter.id} cannot be updated per sample`);
    },
  });
}

function emitAccumulate(root: Node, kernel: SampleKernel): void {
  const { k, addresses, regions, vectors } = kernel;
  if (root.op.kernel.kind !== "sum") throw new Error(`${root.op.name} is not a sum over samples`);
  const start = addresses.at(addresses.plan.sums.get(root) as Place, regions);
  const context = { k, inputs: readersOf(root, kernel), attributes: root.attributes, type: root.type, vectors };
  if (root.op.kernel.running === "lanes") {
    const at = (index: IndexLike): Index => start.plus(Index.from(index).times(VECTOR_BYTES));
    root.op.kernel.build({
      ...context,
      sum: (index) => load(at(index)),
      setSum: (index, value) => k.store(at(index), value),
    });
    return;
  }
  root.op.kernel.build({
    ...context,
    workspace: regions.scratch,
    add(index, count, value) {
      const at = start.plus(Index.from(index).times(FLOAT_BYTES));
      if (count === 4) k.store(at, add(load(at), value));
      else k.storeLane(at, add(splat(at), value));
    },
  });
}

/** Rows of four samples become vectors of four lanes: a transposition for each four elements. */
function emitInput(node: Node, kernel: SampleKernel): void {
  const { k, addresses, regions, vectors } = kernel;
  const size = sizeOf(node.type.shape);
  const start = addresses.of(node, regions);
  const row = rowAddress(addresses.plan.inputRows.get(node) as Place, size, kernel);
  k.for(0, vectors, (vector) => {
    const put = (element: Index, value: Vec): void => k.store(start.plus(addresses.laneOffset(element, vector)), value);
    const rows = [0, 1, 2, 3].map((lane) => (element: Index) => row(vector.times(4).plus(lane), element));
    k.for(
      0,
      size - (size % 4),
      (element) => {
        const values = transpose(k, rows.map((at) => load(at(element))) as [Vec, Vec, Vec, Vec]);
        for (const [i, value] of values.entries()) put(element.plus(i), value);
      },
      { step: 4 },
    );
    for (let element = size - (size % 4); element < size; element++) {
      const [a, b, c, d] = rows.map((at) => splat(at(Index.constant(element)))) as [Vec, Vec, Vec, Vec];
      put(Index.constant(element), shuffle([0, 1, 4, 5], shuffle([0, 4, 0, 4], a, b), shuffle([0, 4, 0, 4], c, d)));
    }
  });
}

function emitOutput(node: Node, kernel: SampleKernel): void {
  const { k, addresses, regions, vectors } = kernel;
  const size = sizeOf(node.type.shape);
  const row = rowAddress(addresses.plan.outputRows.get(node) as Place, size, kernel);
  k.for(0, vectors, (vector) => {
    const get = (element: Index): Vec => addresses.read(storageOf(node), element, vector, regions);
    k.for(
      0,
      size - (size % 4),
      (element) => {
        const values = [0, 1, 2, 3].map((i) => get(element.plus(i))) as [Vec, Vec, Vec, Vec];
        for (const [lane, value] of transpose(k, values).entries())
          k.store(row(vector.times(4).plus(lane), element), value);
      },
      { step: 4 },
    );
    for (let element = size - (size % 4); element < size; element++) {
      const value = k.let(get(Index.constant(element)));
      for (let lane = 0; lane < 4; lane++) {
        const turned = shuffle([lane, lane, lane, lane] as const, value, value);
        k.storeLane(row(vector.times(4).plus(lane), Index.constant(element)), turned);
      }
    }
  });
}

/** Where an element of the micro-batch's sample number `lane` lies among rows of `size` elements. */
function rowAddress(place: Place, size: number, { addresses, sample }: SampleKernel) {
  const start = addresses.at(place, {});
  return (lane: Index, element: Index): Index =>
    start.plus(sample.plus(lane).times(size).plus(element).times(FLOAT_BYTES));
}
