/**
 * The definition of an operation: one object holds all that is known of it. Nothing else in the system knows an
 * operation by name.
 */
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Index, IndexLike } from "../kernel/index-expr.ts";
import type { Vec } from "../kernel/vec.ts";
import type { Node } from "./node.ts";
import type { TensorType } from "./tensor-type.ts";

/** The size of a kernel's workspace: together with the other operands it fits a first-level cache. */
export const WORKSPACE_BYTES = 18 * 1024;

export interface Op<A = unknown> {
  readonly name: string;
  /** The type of the result. Throws a `GraphError` that names what came and what was expected. */
  infer(inputs: readonly TensorType[], attributes: A): TensorType;
  readonly grad: GradRule<A>;
  readonly kernel: Kernel<A>;
  /** The oracle of the tests: float64, one sample, independent of the kernel. A sum over samples gets one sample's share. */
  readonly reference: Reference<A>;
  readonly onnx: OnnxRule<A>;
  /** Attributes as they appear in a printed graph. */
  print?(attributes: A): string;
}

/** Gradients of the inputs, given that of the result; undefined where an input needs none. */
export type GradRule<A> =
  | ((context: GradContext<A>) => readonly (Node | undefined)[])
  /** The result does not depend on the inputs in a way that has a slope (a comparison, random numbers). */
  | "zero"
  /** The gradient exists and is not available: differentiating is an error. */
  | "forbidden";

export interface GradContext<A> {
  readonly node: Node;
  readonly inputs: readonly Node[];
  readonly gradient: Node;
  readonly attributes: A;
}

export type Kernel<A> =
  /** Values come from outside the program: rows of data, parameters, numbers given to each run. */
  | { readonly kind: "leaf"; readonly source: "input" | "parameter" | "scalar" }
  /** The same number everywhere. */
  | { readonly kind: "constant"; value(attributes: A): number }
  /** The input's memory, seen in another shape. */
  | { readonly kind: "view" }
  /** Element by element, with broadcasting. */
  | {
      readonly kind: "map";
      map(k: KernelBuilder, operands: readonly Vec[], attributes: A): Vec;
      /** Many instructions (a polynomial): gets a loop of its own rather than a copy for each accumulator of a tile. */
      readonly long?: boolean;
    }
  /** Loops that write each element of the result once. */
  | {
      readonly kind: "loops";
      build(context: LoopContext<A>): void;
      /** What computes a shared result faster than `build` can, which takes one element after the other on one thread. */
      readonly shared?: SharedLoops<A>;
    }
  /** A shared result that is a sum over samples, added up micro-batch by micro-batch; the running sums are one for each lane. */
  | { readonly kind: "sum"; readonly running: "lanes"; build(context: SumContext<A>): void }
  /** The same with one running sum for each element: a fourth of the memory, for kernels that add up many terms at a time. */
  | { readonly kind: "sum"; readonly running: "elements"; build(context: ElementSumContext<A>): void }
  /** A shared result that is a sum over samples, computed at once from operands kept for the whole batch. */
  | { readonly kind: "batchSum"; units(types: readonly TensorType[]): number; build(context: BatchContext<A>): void };

/** Reads an operand at a flat element position. */
export interface Reader {
  readonly type: TensorType;
  /** Four samples' values (lane vector `vector` of the micro-batch); of a shared operand, its value in all lanes. */
  at(index: IndexLike, vector?: IndexLike): Vec;
  /** Each lane's element at `positions[lane] + offset`: integers that never lead out of the operand. */
  gather(positions: Vec, offset: IndexLike, vector?: IndexLike): Vec;
}

export interface LoopContext<A> {
  readonly k: KernelBuilder;
  readonly inputs: readonly Reader[];
  readonly attributes: A;
  readonly type: TensorType;
  /** Lane vectors per micro-batch: its samples / 4; 1 for a shared result. */
  readonly vectors: number;
  /** Writes one element of the result. Further element-wise work may be fused into this. */
  put(coordinates: readonly IndexLike[], vector: IndexLike, value: Vec): void;
  /** Writes an unfinished element, which `partial` reads back and `put` replaces. */
  putPartial(coordinates: readonly IndexLike[], vector: IndexLike, value: Vec): void;
  partial(coordinates: readonly IndexLike[], vector: IndexLike): Vec;
  /** Adds to each lane's unfinished element at `positions[lane] + offset`. Results per sample only. */
  addPartial(positions: Vec, offset: IndexLike, vector: IndexLike, value: Vec): void;
  /** Values that number generators depend on. */
  readonly random: RandomSource;
}

export interface RandomSource {
  /** The samples' positions in the batch, as integers. */
  sample(vector: IndexLike): Vec;
  /** Number of the training step, as integer. */
  readonly step: Vec;
  readonly seed: Vec;
}

/** Work on shared tensors, cut into units that the threads share, whose lanes are elements. */
export interface SharedLoops<A> {
  units(types: readonly TensorType[], attributes: A): number;
  build(context: SharedContext<A>): void;
}

export interface SharedContext<A> {
  readonly k: KernelBuilder;
  readonly inputs: readonly SharedReader[];
  readonly attributes: A;
  readonly type: TensorType;
  /** The share of the units that this call computes. */
  readonly from: Index;
  readonly to: Index;
  /** Writes consecutive elements: four, or the first lane only. */
  put(index: IndexLike, count: 4 | 1, value: Vec): void;
}

export interface SharedReader {
  readonly type: TensorType;
  /** An element in all lanes. */
  at(index: IndexLike): Vec;
  /** Four consecutive elements. */
  four(index: IndexLike): Vec;
}

interface MicroBatchContext<A> {
  readonly k: KernelBuilder;
  readonly inputs: readonly Reader[];
  readonly attributes: A;
  readonly type: TensorType;
  readonly vectors: number;
}

export interface SumContext<A> extends MicroBatchContext<A> {
  /** The running sum of an element, one per lane; their sum is the element. */
  sum(index: IndexLike): Vec;
  setSum(index: IndexLike, value: Vec): void;
}

export interface ElementSumContext<A> extends MicroBatchContext<A> {
  /** The address of `WORKSPACE_BYTES` of the thread's own, for values that no other kernel needs. */
  readonly workspace: Index;
  /** Adds to the running sums of consecutive elements: four, or the first lane only. */
  add(index: IndexLike, count: 4 | 1, value: Vec): void;
}

export interface BatchContext<A> {
  readonly k: KernelBuilder;
  readonly attributes: A;
  readonly inputs: readonly BatchReader[];
  readonly type: TensorType;
  readonly vectors: number;
  /** The share of the units that this call computes. */
  readonly from: Index;
  readonly to: Index;
  /** Number of micro-batches in this batch. */
  readonly microBatches: Index;
  /** The address of `WORKSPACE_BYTES` of the thread's own, for values that no other kernel needs. */
  readonly workspace: Index;
  /** Writes consecutive elements: four, or the first lane only. */
  put(index: IndexLike, count: 4 | 1, value: Vec): void;
}

export interface BatchReader {
  readonly type: TensorType;
  at(microBatch: Index, index: IndexLike, vector: IndexLike): Vec;
}

/** One operand of one sample, or a shared operand, row-major. */
export type ReferenceTensor = Float64Array;

export type Reference<A> = (context: {
  readonly inputs: readonly ReferenceTensor[];
  readonly types: readonly TensorType[];
  readonly attributes: A;
  readonly type: TensorType;
  readonly random: { readonly sample: number; readonly step: number; readonly seed: number };
}) => Float64Array;

/** Writes the op as nodes of ONNX's default domain, the batch in front, and returns the result's name. */
export type OnnxRule<A> =
  | ((context: OnnxContext<A>) => string)
  /** Why the op cannot appear in an exported model. */
  | { readonly unsupported: string };

export interface OnnxContext<A> {
  readonly inputs: readonly string[];
  readonly types: readonly TensorType[];
  readonly attributes: A;
  readonly type: TensorType;
  node(opType: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  constant(value: Float32Array | BigInt64Array, shape: readonly number[]): string;
}

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };
