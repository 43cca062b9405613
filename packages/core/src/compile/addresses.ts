/** Byte addresses of values, as kernels see them. */
import type { Node } from "../graph/node.ts";
import { Index } from "../kernel/index-expr.ts";
import { float, gather, int, intMul, load, splat } from "../kernel/vec.ts";
import type { LaneAddresses, Vec } from "../kernel/vec.ts";
import type { IndexLike } from "../kernel/index-expr.ts";
import { storageOf } from "./fuse.ts";
import { FLOAT_BYTES, VECTOR_BYTES } from "./memory-plan.ts";
import type { MemoryPlan, Place, Region } from "./memory-plan.ts";

/** Where a program's memory and what it shares with others lie. */
export interface Bases {
  readonly fixed: number;
  readonly resident: number;
  readonly slots: number;
  /** The address of a parameter's first element. */
  parameter(node: Node): number;
  /** The integers 0, 1, 2, 3. */
  readonly laneNumbers: number;
  readonly step: number;
  readonly seed: number;
}

/** The parts of memory that a kernel gets as parameters: this thread's scratch, this micro-batch's residents, this slot. */
export type RegionBases = Partial<Readonly<Record<Region, Index>>>;

export class Addresses {
  readonly plan: MemoryPlan;
  readonly bases: Bases;

  constructor(plan: MemoryPlan, bases: Bases) {
    this.plan = plan;
    this.bases = bases;
  }

  /** The address of a place, given the kernel's region parameters. */
  at({ region, offset }: Place, regions: RegionBases): Index {
    if (region === "fixed") return Index.constant(this.bases.fixed + offset);
    const base = regions[region];
    if (base === undefined) throw new Error(`a value in ${region} memory is out of this kernel's reach`);
    return base.plus(offset);
  }

  /** The address of the first element of a node's value. */
  of(node: Node, regions: RegionBases): Index {
    const storage = storageOf(node);
    const { kernel } = storage.op;
    if (kernel.kind === "leaf" && kernel.source === "parameter") return Index.constant(this.bases.parameter(storage));
    const scalar = this.plan.scalars.get(storage);
    const place = scalar ?? this.plan.places.get(storage);
    if (place === undefined) throw new Error(`${storage.op.name} #${storage.id} has no memory`);
    return this.at(place, regions);
  }

  /** An element's value: of four samples, or of a shared tensor in all lanes. */
  read(node: Node, index: IndexLike, vector: IndexLike, regions: RegionBases): Vec {
    const number = constantOf(node);
    if (number !== undefined) return float(number);
    const position = Index.from(index);
    const start = this.of(node, regions);
    if (node.type.scope === "shared") return splat(start.plus(position.times(FLOAT_BYTES)));
    return load(start.plus(this.laneOffset(position, vector)));
  }

  /** For each lane the element at `positions[lane] + offset`. */
  gather(node: Node, positions: Vec, offset: IndexLike, vector: IndexLike, regions: RegionBases): Vec {
    const number = constantOf(node);
    return number === undefined ? gather(this.lanes(node, positions, offset, vector, regions)) : float(number);
  }

  /** Where the elements at `positions[lane] + offset` lie. */
  lanes(node: Node, positions: Vec, offset: IndexLike, vector: IndexLike, regions: RegionBases): LaneAddresses {
    const start = this.of(node, regions);
    if (node.type.scope === "shared") {
      const address = start.plus(Index.from(offset).times(FLOAT_BYTES));
      return { address, offsets: intMul(positions, int(FLOAT_BYTES)), laneBytes: 0 };
    }
    const address = start.plus(this.laneOffset(offset, vector));
    return { address, offsets: intMul(positions, int(this.plan.lanes * FLOAT_BYTES)), laneBytes: FLOAT_BYTES };
  }

  /** Where element `index` of lane vector `vector` lies within a per-sample tensor. */
  laneOffset(index: IndexLike, vector: IndexLike): Index {
    return Index.from(index)
      .times(this.plan.lanes * FLOAT_BYTES)
      .plus(Index.from(vector).times(VECTOR_BYTES));
  }
}

export function constantOf(node: Node): number | undefined {
  const { kernel } = storageOf(node).op;
  return kernel.kind === "constant" ? kernel.value(storageOf(node).attributes) : undefined;
}
