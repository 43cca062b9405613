/**
 * Builds one kernel: a function of loops, loads, stores and lane-vector arithmetic over flat memory.
 *
 * The builder only records statements; a renderer (see `wasm/`) turns them into code. Loops whose bounds are constants can
 * be unrolled here, because a loop body is a function of its index.
 */
import { Index } from "./index-expr.ts";
import type { IndexLike, IndexVariable } from "./index-expr.ts";
import { add, shuffle } from "./vec.ts";
import type { LaneAddresses, Local, Vec } from "./vec.ts";

export type IndexOperation = "min" | "max" | "floorDivide" | "remainder";

export type Statement =
  | { readonly kind: "let"; readonly local: Local; readonly value: Vec }
  | { readonly kind: "store"; readonly address: Index; readonly value: Vec }
  /** Stores the first lane only. */
  | { readonly kind: "storeLane"; readonly address: Index; readonly value: Vec }
  /** Stores each lane at a byte address of its own, lane 0 first. */
  | ({ readonly kind: "scatter"; readonly value: Vec } & LaneAddresses)
  | {
      readonly kind: "bind";
      readonly variable: IndexVariable;
      readonly op: IndexOperation;
      readonly left: Index;
      readonly right: Index;
    }
  | {
      readonly kind: "for";
      readonly variable: IndexVariable;
      readonly from: Index;
      readonly to: Index;
      readonly step: number;
      readonly body: readonly Statement[];
    };

export interface KernelFunction {
  readonly name: string;
  readonly parameters: readonly IndexVariable[];
  readonly body: readonly Statement[];
  readonly numLocals: number;
}

export interface LoopOptions {
  readonly step?: number;
  /** How many consecutive iterations one round of the loop holds; needs constant bounds. */
  readonly unroll?: number;
}

export interface KernelOptions {
  /** The host makes one operation of the same on two neighbouring vectors (see `sideBySide`), so that two take one register. */
  readonly wide?: boolean;
}

export class KernelBuilder {
  readonly name: string;
  readonly wide: boolean;
  readonly #parameters: IndexVariable[] = [];
  #statements: Statement[] = [];
  readonly #accumulators = new Set<Local>();
  #numVariables = 0;
  #numLocals = 0;

  constructor(name: string, { wide = false }: KernelOptions = {}) {
    this.name = name;
    this.wide = wide;
  }

  /** Declares the next parameter of the function, an integer. */
  parameter(name: string): Index {
    const variable = this.#variable(name);
    this.#parameters.push(variable);
    return Index.variable(variable);
  }

  /** Computes a value once; the result is cheap to use several times, and stays when an accumulator changes. */
  let(value: Vec): Vec {
    const isNamed = value.kind === "local" && !this.#accumulators.has(value.local);
    if (isNamed || value.kind === "float" || value.kind === "int") return value;
    const local = { id: this.#numLocals++ };
    this.#statements.push({ kind: "let", local, value });
    return { kind: "local", local };
  }

  /** A value that `assign` may change: an accumulator. */
  accumulator(initial: Vec): Local {
    const local = { id: this.#numLocals++ };
    this.#accumulators.add(local);
    this.#statements.push({ kind: "let", local, value: initial });
    return local;
  }

  assign(local: Local, value: Vec): void {
    this.#statements.push({ kind: "let", local, value });
  }

  /**
   * Computes the same for neighbouring vectors. What they store is stored when all are computed: the first of each, then the second.
   * V8 can make one wide operation of two on neighbours, back from their stores, if nothing lies between those.
   */
  sideBySide(bodies: readonly (() => void)[]): void {
    const outer = this.#statements;
    const stores = bodies.map((body) => {
      this.#statements = [];
      body();
      outer.push(...this.#statements.filter(({ kind }) => kind !== "store"));
      return this.#statements.filter(({ kind }) => kind === "store");
    });
    this.#statements = outer;
    const most = Math.max(...stores.map(({ length }) => length));
    for (let nth = 0; nth < most; nth++) outer.push(...stores.flatMap((each) => each[nth] ?? []));
  }

  /** Stores four lanes at a byte address. */
  store(address: Index, value: Vec): void {
    this.#statements.push({ kind: "store", address, value });
  }

  /** Stores the first lane at a byte address. */
  storeLane(address: Index, value: Vec): void {
    this.#statements.push({ kind: "storeLane", address, value });
  }

  /** Stores each lane at a byte address of its own, lane 0 first. */
  scatter(to: LaneAddresses, value: Vec): void {
    this.#statements.push({ kind: "scatter", value, ...to });
  }

  min(left: IndexLike, right: IndexLike): Index {
    return this.#bind("min", left, right, Math.min);
  }

  max(left: IndexLike, right: IndexLike): Index {
    return this.#bind("max", left, right, Math.max);
  }

  /** ⌊left / right⌋ for a left that is not negative. */
  floorDivide(left: IndexLike, right: number): Index {
    return right === 1 ? Index.from(left) : this.#bind("floorDivide", left, right, (a, b) => Math.floor(a / b));
  }

  remainder(left: IndexLike, right: number): Index {
    return this.#bind("remainder", left, right, (a, b) => a % b);
  }

  /** Runs `body` for index = from, from + step, … below to. */
  for(from: IndexLike, to: IndexLike, body: (index: Index) => void, options: LoopOptions = {}): void {
    const { step = 1, unroll = 1 } = options;
    const first = Index.from(from);
    const end = Index.from(to);
    if (first.known === undefined || end.known === undefined) {
      this.#loop(first, end, step, body);
      return;
    }
    const count = Math.max(0, Math.ceil((end.known - first.known) / step));
    const rounds = Math.floor(count / unroll);
    const start = first.known;
    if (rounds > 1) {
      this.#loop(first, Index.constant(start + rounds * unroll * step), unroll * step, (index) => {
        for (let i = 0; i < unroll; i++) body(index.plus(i * step));
      });
    }
    for (let i = rounds > 1 ? rounds * unroll : 0; i < count; i++) body(Index.constant(start + i * step));
  }

  finish(): KernelFunction {
    return { name: this.name, parameters: this.#parameters, body: this.#statements, numLocals: this.#numLocals };
  }

  #loop(from: Index, to: Index, step: number, body: (index: Index) => void): void {
    const variable = this.#variable("i");
    const outer = this.#statements;
    const inner: Statement[] = [];
    this.#statements = inner;
    body(Index.variable(variable));
    this.#statements = outer;
    if (inner.length > 0) outer.push({ kind: "for", variable, from, to, step, body: inner });
  }

  #bind(op: IndexOperation, left: IndexLike, right: IndexLike, fold: (a: number, b: number) => number): Index {
    const a = Index.from(left);
    const b = Index.from(right);
    if (a.known !== undefined && b.known !== undefined) return Index.constant(fold(a.known, b.known));
    const variable = this.#variable(op);
    this.#statements.push({ kind: "bind", variable, op, left: a, right: b });
    return Index.variable(variable);
  }

  #variable(name: string): IndexVariable {
    const id = this.#numVariables++;
    return { id, name: `${name}${id}` };
  }
}

/** The expressions that a statement computes, without those of the statements inside it. */
export function valuesOf(statement: Statement): readonly Vec[] {
  if (statement.kind === "bind" || statement.kind === "for") return [];
  return statement.kind === "scatter" ? [statement.value, statement.offsets] : [statement.value];
}

/** The current value of an accumulator. */
export function value(local: Local): Vec {
  return { kind: "local", local };
}

/**
 * The sums over the lanes of four vectors, as the four lanes of one: a 4×4 transposition, then three additions, always
 * in the order ((lane 0 + lane 2) + (lane 1 + lane 3)).
 */
export function sumLanes(k: KernelBuilder, rows: readonly [Vec, Vec, Vec, Vec]): Vec {
  const [a, b, c, d] = rows.map((row) => k.let(row)) as [Vec, Vec, Vec, Vec];
  const ab = k.let(add(shuffle([0, 4, 1, 5], a, b), shuffle([2, 6, 3, 7], a, b)));
  const cd = k.let(add(shuffle([0, 4, 1, 5], c, d), shuffle([2, 6, 3, 7], c, d)));
  return add(shuffle([0, 1, 4, 5], ab, cd), shuffle([2, 3, 6, 7], ab, cd));
}

/** Four rows of four lanes with rows and lanes exchanged. */
export function transpose(k: KernelBuilder, rows: readonly [Vec, Vec, Vec, Vec]): [Vec, Vec, Vec, Vec] {
  const [a, b, c, d] = rows.map((row) => k.let(row)) as [Vec, Vec, Vec, Vec];
  const abLow = k.let(shuffle([0, 4, 1, 5], a, b));
  const abHigh = k.let(shuffle([2, 6, 3, 7], a, b));
  const cdLow = k.let(shuffle([0, 4, 1, 5], c, d));
  const cdHigh = k.let(shuffle([2, 6, 3, 7], c, d));
  return [
    shuffle([0, 1, 4, 5], abLow, cdLow),
    shuffle([2, 3, 6, 7], abLow, cdLow),
    shuffle([0, 1, 4, 5], abHigh, cdHigh),
    shuffle([2, 3, 6, 7], abHigh, cdHigh),
  ];
}
