/**
 * Runs a graph's kernels one by one, each as a WebAssembly module of its own, with every value copied in and out: no fusion, no
 * memory plan, no threads. What a kernel computes here is the kernel's doing alone.
 */
import { topologicalOrder } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import { WORKSPACE_BYTES } from "../../graph/op.ts";
import type { BatchReader, Kernel, LoopContext, Reader } from "../../graph/op.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { TensorType } from "../../graph/tensor-type.ts";
import { KernelBuilder } from "../../kernel/builder.ts";
import { flatten, Index } from "../../kernel/index-expr.ts";
import type { IndexLike } from "../../kernel/index-expr.ts";
import { add, gather, int, intMul, load, splat } from "../../kernel/vec.ts";
import type { LaneAddresses, Vec } from "../../kernel/vec.ts";
import { encodeModule } from "../../kernel/wasm/encoder.ts";
import { renderKernel } from "../../kernel/wasm/render.ts";
import { forEachPosition } from "../loops.ts";
import type { RunOptions, TensorValue } from "./values.ts";

const LANES = 4;
const VECTOR_BYTES = 16;
const PAGE_BYTES = 65536;

export interface KernelRunOptions extends RunOptions {
  /** Lane vectors per micro-batch. Default: 4. */
  readonly vectors?: number;
  /** Whether multiply-adds may be rendered with one rounding. Default: false. */
  readonly relaxed?: boolean;
  /** Whether the kernel is written for a host that widens operations on neighbouring vectors. Default: false. */
  readonly wide?: boolean;
}

/** The values of `outputs`, computed by the kernels. Lanes without a sample hold NaN, where the op does not sum over them. */
export function runKernels(
  outputs: readonly Node[],
  feeds: ReadonlyMap<Node, TensorValue>,
  options: KernelRunOptions,
): TensorValue[] {
  const values = new Map(feeds);
  for (const node of topologicalOrder(outputs)) {
    if (!values.has(node)) values.set(node, runNode(node, values, options));
  }
  return outputs.map((output) => values.get(output)!);
}

function runNode(node: Node, values: ReadonlyMap<Node, TensorValue>, options: KernelRunOptions): TensorValue {
  const { kernel } = node.op;
  if (kernel.kind === "view") return values.get(node.inputs[0]!)!;
  if (kernel.kind === "constant") return Float64Array.of(kernel.value(node.attributes));
  if (kernel.kind === "leaf") throw new Error(`${node.op.name} needs a value`);
  const program = prepareKernel(node, options);
  for (const [i, input] of node.inputs.entries()) program.setInput(i, values.get(input)!);
  program.run();
  return program.result();
}

interface PreparedKernel {
  setInput(position: number, value: TensorValue): void;
  /** Computes all micro-batches of the batch. */
  run(): void;
  result(): TensorValue;
}

/** One node's kernel, compiled, with memory for the whole batch. */
function prepareKernel(node: Node, options: KernelRunOptions): PreparedKernel {
  const { batch, step = 0, seed = 0, vectors = 4, relaxed = false, wide = false } = options;
  const lanes = vectors * LANES;
  const isSum = node.op.kernel.kind === "sum" || node.op.kernel.kind === "batchSum";
  const isPerSample = node.type.scope === "sample";
  const isPerMicroBatch = isPerSample || node.op.kernel.kind === "sum";
  const microBatches = Math.max(1, Math.ceil(batch / lanes));

  const areas = new Areas();
  const inputs = node.inputs.map(({ type }) => areas.add(bytesOf(type, microBatches, vectors)));
  const hasLaneSums = node.op.kernel.kind === "sum" && node.op.kernel.running === "lanes";
  const output = areas.add(
    hasLaneSums ? sizeOf(node.type.shape) * VECTOR_BYTES : bytesOf(node.type, microBatches, vectors),
  );
  const random = areas.add(microBatches * vectors * VECTOR_BYTES);
  const scalars = areas.add(2 * VECTOR_BYTES);
  const workspace = areas.add(WORKSPACE_BYTES);

  const k = new KernelBuilder(node.op.name, { wide });
  const microBatch = k.parameter("microBatch");
  const last = k.parameter("last");
  build(k, node, { vectors, microBatch, last, inputs, output, random, scalars, workspace });
  const pages = Math.ceil(areas.size / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const code = { ...renderKernel(k.finish(), { relaxed }), exportName: "run" };
  const module = new WebAssembly.Module(
    encodeModule([code], { shared: false, minimumPages: pages, maximumPages: pages }),
  );
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const call = exports["run"] as (microBatch: number, last: number) => void;

  const floats = new Float32Array(memory.buffer);
  const integers = new Int32Array(memory.buffer);
  for (let i = 0; i < microBatches * lanes; i++) integers[random / 4 + i] = i;
  integers[scalars / 4] = step;
  integers[scalars / 4 + 1] = seed;

  const positionOf = (area: number, size: number, sample: number, element: number): number =>
    area / 4 + (Math.floor(sample / lanes) * size + element) * lanes + (sample % lanes);

  return {
    setInput(position, value) {
      const area = inputs[position]!;
      if (value instanceof Float64Array) {
        floats.set(value, area / 4);
        return;
      }
      const size = sizeOf(node.inputs[position]!.type.shape);
      for (let sample = 0; sample < microBatches * lanes; sample++) {
        for (let element = 0; element < size; element++) {
          const missing = isSum ? 0 : NaN;
          floats[positionOf(area, size, sample, element)] = value[sample]?.[element] ?? missing;
        }
      }
    },
    run() {
      // Sums start at zero. Anything else must be written, wherever it is.
      floats.fill(node.op.kernel.kind === "sum" ? 0 : NaN, output / 4, random / 4);
      if (isPerMicroBatch) for (let i = 0; i < microBatches; i++) call(i, microBatches);
      else call(0, microBatches);
    },
    result() {
      const size = sizeOf(node.type.shape);
      const read = (position: (element: number) => number): Float64Array =>
        Float64Array.from({ length: size }, (_, element) => floats[position(element)]!);
      if (isPerSample) {
        return Array.from({ length: batch }, (_, sample) =>
          read((element) => positionOf(output, size, sample, element)),
        );
      }
      if (!hasLaneSums) return read((element) => output / 4 + element);
      const parts = [0, 1, 2, 3].map((lane) => read((element) => output / 4 + element * LANES + lane));
      return parts[0]!.map((part, i) => part + parts[1]![i]! + parts[2]![i]! + parts[3]![i]!);
    },
  };
}

/** Hands out memory from the bottom up. */
class Areas {
  size = 0;

  add(bytes: number): number {
    const start = this.size;
    this.size += Math.ceil(bytes / VECTOR_BYTES) * VECTOR_BYTES;
    return start;
  }
}

function bytesOf(type: TensorType, microBatches: number, vectors: number): number {
  const size = sizeOf(type.shape);
  return type.scope === "shared" ? size * 4 : microBatches * size * vectors * VECTOR_BYTES;
}

interface Layout {
  readonly vectors: number;
  readonly microBatch: Index;
  readonly last: Index;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly random: number;
  readonly scalars: number;
  readonly workspace: number;
}

function build(k: KernelBuilder, node: Node, layout: Layout): void {
  const { op, attributes, type } = node;
  const kernel = op.kernel;
  const vectors = type.scope === "sample" || kernel.kind === "sum" || kernel.kind === "batchSum" ? layout.vectors : 1;
  const readers = node.inputs.map((input, i) => batchReader(input.type, layout.inputs[i]!, layout.vectors));
  const inputs = readers.map(({ type: of, at }, i): Reader => ({
    type: of,
    at: (index, vector = 0) => at(layout.microBatch, index, vector),
    gather: (positions, offset, vector = 0) => gather(laneAddresses(of, layout.inputs[i]!, positions, offset, vector)),
  }));
  const laneAddresses = (
    of: TensorType,
    area: number,
    positions: Vec,
    offset: IndexLike,
    vector: IndexLike,
  ): LaneAddresses => {
    if (of.scope === "shared") {
      return { address: Index.from(offset).times(4).plus(area), offsets: intMul(positions, int(4)), laneBytes: 0 };
    }
    const first = layout.microBatch.times(sizeOf(of.shape)).plus(offset).times(layout.vectors).plus(vector);
    const offsets = intMul(positions, int(layout.vectors * VECTOR_BYTES));
    return { address: first.times(VECTOR_BYTES).plus(area), offsets, laneBytes: 4 };
  };
  const base = { k, attributes, inputs, type, vectors };
  const outputAddress = (coordinates: readonly IndexLike[], vector: IndexLike): Index => {
    const position = flatten(coordinates, type.shape);
    if (type.scope === "shared") return position.times(4).plus(layout.output);
    const whole = layout.microBatch.times(sizeOf(type.shape)).plus(position);
    return whole.times(vectors).plus(vector).times(VECTOR_BYTES).plus(layout.output);
  };
  const put = (coordinates: readonly IndexLike[], vector: IndexLike, value: Vec): void => {
    if (type.scope === "shared") k.storeLane(outputAddress(coordinates, vector), value);
    else k.store(outputAddress(coordinates, vector), value);
  };
  const putConsecutive = (index: IndexLike, count: 4 | 1, value: Vec): void => {
    const address = Index.from(index).times(4).plus(layout.output);
    if (count === 4) k.store(address, value);
    else k.storeLane(address, value);
  };
  const sumAddress = (index: IndexLike): Index => Index.from(index).times(VECTOR_BYTES).plus(layout.output);

  switch (kernel.kind) {
    case "map":
      buildMap(kernel, { ...base, put });
      break;
    case "loops":
      if (type.scope === "shared" && kernel.shared !== undefined) {
        kernel.shared.build({
          ...base,
          inputs: readers.map((reader, i) => ({
            type: reader.type,
            at: (index) => reader.at(layout.microBatch, index, 0),
            four: (index) => load(Index.from(index).times(4).plus(layout.inputs[i]!)),
          })),
          from: Index.constant(0),
          to: Index.constant(
            kernel.shared.units(
              readers.map((reader) => reader.type),
              attributes,
            ),
          ),
          put: putConsecutive,
        });
        break;
      }
      kernel.build({
        ...base,
        put,
        putPartial: put,
        partial: (coordinates, vector) => (type.scope === "shared" ? splat : load)(outputAddress(coordinates, vector)),
        addPartial(positions, offset, vector, value) {
          const lanes = laneAddresses(type, layout.output, positions, offset, vector);
          k.scatter(lanes, add(gather(lanes), value));
        },
        random: {
          sample: (vector) =>
            load(layout.microBatch.times(vectors).plus(vector).times(VECTOR_BYTES).plus(layout.random)),
          step: splat(Index.constant(layout.scalars)),
          seed: splat(Index.constant(layout.scalars + 4)),
        },
      });
      break;
    case "sum":
      if (kernel.running === "elements") {
        kernel.build({
          ...base,
          workspace: Index.constant(layout.workspace),
          add(index, count, value) {
            const address = Index.from(index).times(4).plus(layout.output);
            if (count === 4) k.store(address, add(load(address), value));
            else k.storeLane(address, add(splat(address), value));
          },
        });
        break;
      }
      kernel.build({
        ...base,
        sum: (index) => load(sumAddress(index)),
        setSum: (index, value) => k.store(sumAddress(index), value),
      });
      break;
    case "batchSum":
      kernel.build({
        ...base,
        inputs: readers,
        from: Index.constant(0),
        to: Index.constant(kernel.units(readers.map((reader) => reader.type))),
        microBatches: layout.last,
        workspace: Index.constant(layout.workspace),
        put: putConsecutive,
      });
      break;
    case "leaf":
    case "constant":
    case "view":
      throw new Error(`${op.name} has no code`);
  }
}

function batchReader(type: TensorType, area: number, vectors: number): BatchReader {
  return {
    type,
    at: (microBatch, index, vector) => {
      if (type.scope === "shared") return splat(Index.from(index).times(4).plus(area));
      const position = microBatch.times(sizeOf(type.shape)).plus(index);
      return load(position.times(vectors).plus(vector).times(VECTOR_BYTES).plus(area));
    },
  };
}

type MapContext = Pick<LoopContext<unknown>, "k" | "inputs" | "attributes" | "type" | "vectors" | "put">;

/** An element-wise kernel over all positions of its result; stretched axes read position 0. */
function buildMap(
  { map }: Extract<Kernel<unknown>, { kind: "map" }>,
  { k, inputs, attributes, type, vectors, put }: MapContext,
): void {
  forEachPosition(k, type.shape, (coordinates) => {
    const positions = inputs.map(({ type: { shape } }) => {
      const own = coordinates.slice(coordinates.length - shape.length);
      return flatten(
        own.map((coordinate, axis) => (shape[axis] === 1 ? 0 : coordinate)),
        shape,
      );
    });
    for (let vector = 0; vector < vectors; vector++) {
      const operands = inputs.map((input, i) => k.let(input.at(positions[i]!, vector)));
      put(coordinates, vector, map(k, operands, attributes));
    }
  });
}
