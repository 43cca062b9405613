/** Renders a kernel to the code of one WebAssembly function. */
import { Index } from "../index-expr.ts";
import type { IndexVariable } from "../index-expr.ts";
import type { IndexOperation, KernelFunction, Statement } from "../builder.ts";
import type { LaneAddresses, Vec } from "../vec.ts";
import { constantBits, findConstants } from "./constants.ts";
import { ByteWriter } from "./encoder.ts";
import type { FunctionCode } from "./encoder.ts";
import { BINARY, EMPTY_BLOCK, OP, SHIFT, SIMD, SIMD_PREFIX, UNARY } from "./opcodes.ts";
import { planPointers } from "./pointers.ts";
import type { Pointer, PointerPlan } from "./pointers.ts";

const ALIGN_16 = 4;
const ALIGN_4 = 2;

export interface RenderOptions {
  /** Multiply and add with one rounding, by the relaxed SIMD instruction; else with two. */
  readonly relaxed: boolean;
}

export function renderKernel(kernel: KernelFunction, options: RenderOptions): FunctionCode {
  return new Renderer(kernel, options).render();
}

class Renderer {
  readonly #kernel: KernelFunction;
  readonly #relaxed: boolean;
  readonly #plan: PointerPlan;
  readonly #out = new ByteWriter();
  readonly #variables = new Map<IndexVariable, number>();
  readonly #pointers = new Map<Pointer, number>();
  /** v128 locals, numbered from 0; i32 locals come before them, so their final numbers are known only at the end. */
  readonly #numParameters: number;
  readonly #numI32: number;
  #nextI32: number;
  #usesScratch = false;
  #loopDepth = 0;
  /** The constants that loops use, by their bits: v128 locals after those of the kernel. */
  readonly #constants: ReadonlyMap<number, number>;

  constructor(kernel: KernelFunction, options: RenderOptions) {
    this.#kernel = kernel;
    this.#relaxed = options.relaxed;
    this.#plan = planPointers(kernel);
    this.#numParameters = kernel.parameters.length;
    this.#nextI32 = this.#numParameters;
    let pointers = 0;
    for (const list of this.#plan.byVariable.values()) pointers += list.length;
    this.#numI32 = pointers + countVariables(kernel.body);
    const inLoops = findConstants(kernel.body.filter((statement) => statement.kind === "for"));
    this.#constants = new Map([...inLoops].map((bits, position) => [bits, kernel.numLocals + position]));
  }

  render(): FunctionCode {
    for (const [position, parameter] of this.#kernel.parameters.entries()) {
      this.#variables.set(parameter, position);
      this.#startPointers(parameter, Index.variable(parameter));
    }
    this.#statements(this.#kernel.body);
    return {
      numParameters: this.#numParameters,
      numI32: this.#numI32,
      numV128: this.#kernel.numLocals + this.#constants.size + (this.#usesScratch ? 2 : 0),
      code: this.#out.finish(),
    };
  }

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "let":
        this.#vec(statement.value);
        this.#op(OP.localSet, this.#localNumber(statement.local.id));
        break;
      case "store":
        this.#access(statement.address, () => this.#vec(statement.value), SIMD.store, ALIGN_16);
        break;
      case "storeLane":
        this.#access(statement.address, () => this.#vec(statement.value), SIMD.store32Lane, ALIGN_4);
        this.#out.byte(0);
        break;
      case "scatter":
        this.#scatter(statement, statement.value);
        break;
      case "bind": {
        const local = this.#defineVariable(statement.variable);
        this.#indexOperation(statement.op, statement.left, statement.right, local);
        this.#startPointers(statement.variable, Index.variable(statement.variable));
        break;
      }
      case "for":
        if (this.#loopDepth === 0) this.#setConstants(statement);
        this.#loopDepth += 1;
        this.#for(statement);
        this.#loopDepth -= 1;
        break;
    }
  }

  #setConstants(loop: Statement): void {
    for (const bits of findConstants([loop])) {
      this.#constantVec(bits);
      this.#op(OP.localSet, this.#localNumber(this.#constants.get(bits) ?? 0));
    }
  }

  #for({ variable, from, to, step, body }: Extract<Statement, { kind: "for" }>): void {
    const counter = this.#defineVariable(variable);
    this.#index(from);
    this.#op(OP.localSet, counter);
    const runsAtLeastOnce = from.known !== undefined && to.known !== undefined && from.known < to.known;
    if (!runsAtLeastOnce) {
      this.#op(OP.block, EMPTY_BLOCK);
      this.#op(OP.localGet, counter);
      this.#index(to);
      this.#out.byte(OP.i32GeS);
      this.#op(OP.brIf, 0);
    }
    const pointers = this.#startPointers(variable, from);
    this.#op(OP.loop, EMPTY_BLOCK);
    this.#statements(body);
    for (const pointer of pointers) {
      const local = this.#pointerLocal(pointer);
      this.#op(OP.localGet, local);
      this.#constant(pointer.coefficient * step);
      this.#out.byte(OP.i32Add);
      this.#op(OP.localSet, local);
    }
    this.#op(OP.localGet, counter);
    this.#constant(step);
    this.#out.byte(OP.i32Add);
    this.#op(OP.localTee, counter);
    this.#index(to);
    this.#out.byte(OP.i32LtS);
    this.#op(OP.brIf, 0);
    this.#out.byte(OP.end);
    if (!runsAtLeastOnce) this.#out.byte(OP.end);
  }

  /** Sets the pointers that begin with `variable` to their value where the variable is `start`. */
  #startPointers(variable: IndexVariable, start: Index): readonly Pointer[] {
    const pointers = this.#plan.byVariable.get(variable) ?? [];
    for (const pointer of pointers) {
      const local = this.#nextI32++;
      this.#pointers.set(pointer, local);
      this.#index(start.times(pointer.coefficient));
      if (pointer.parent !== undefined) {
        this.#op(OP.localGet, this.#pointerLocal(pointer.parent));
        this.#out.byte(OP.i32Add);
      } else if (pointer.root !== 0) {
        this.#constant(pointer.root);
        this.#out.byte(OP.i32Add);
      }
      this.#op(OP.localSet, local);
    }
    return pointers;
  }

  #indexOperation(op: IndexOperation, left: Index, right: Index, result: number): void {
    this.#index(left);
    this.#index(right);
    if (op === "floorDivide" || op === "remainder") {
      this.#out.byte(op === "floorDivide" ? OP.i32DivU : OP.i32RemU);
    } else {
      this.#index(left);
      this.#index(right);
      this.#out.byte(op === "min" ? OP.i32LtS : OP.i32GtS);
      this.#out.byte(OP.select);
    }
    this.#op(OP.localSet, result);
  }

  #index(index: Index): void {
    let pending = false;
    for (const [variable, coefficient] of index.terms) {
      const local = this.#variables.get(variable);
      if (local === undefined)
        throw new Error(`kernel ${this.#kernel.name}: ${variable.name} is used outside its loop`);
      this.#op(OP.localGet, local);
      if (coefficient !== 1) {
        this.#constant(coefficient);
        this.#out.byte(OP.i32Mul);
      }
      if (pending) this.#out.byte(OP.i32Add);
      pending = true;
    }
    if (!pending || index.constant !== 0) {
      this.#constant(index.constant);
      if (pending) this.#out.byte(OP.i32Add);
    }
  }

  #vec(vec: Vec): void {
    switch (vec.kind) {
      case "float":
      case "int": {
        const bits = constantBits(vec);
        const local = this.#loopDepth === 0 ? undefined : this.#constants.get(bits);
        if (local === undefined) this.#constantVec(bits);
        else this.#op(OP.localGet, this.#localNumber(local));
        break;
      }
      case "index":
        this.#index(vec.index);
        this.#simd(SIMD.i32x4Splat);
        break;
      case "load":
        this.#access(vec.address, () => {}, SIMD.load, ALIGN_16);
        break;
      case "splat":
        this.#access(vec.address, () => {}, SIMD.load32Splat, ALIGN_4);
        break;
      case "gather":
        this.#gather(vec);
        break;
      case "local":
        this.#op(OP.localGet, this.#localNumber(vec.local.id));
        break;
      case "unary":
        this.#vec(vec.a);
        this.#simd(UNARY[vec.op]);
        break;
      case "binary":
        this.#vec(vec.a);
        this.#vec(vec.b);
        if (vec.op === "intMulHigh") this.#multiplyHigh();
        else this.#simd(BINARY[vec.op]);
        break;
      case "shift":
        this.#vec(vec.a);
        this.#constant(vec.bits);
        this.#simd(SHIFT[vec.op]);
        break;
      case "multiplyAdd":
        this.#multiplyAdd(vec.a, vec.b, vec.c);
        break;
      case "select":
        this.#vec(vec.a);
        this.#vec(vec.b);
        this.#vec(vec.mask);
        this.#simd(SIMD.bitselect);
        break;
      case "shuffle":
        this.#vec(vec.a);
        this.#vec(vec.b);
        this.#shuffle(vec.lanes);
        break;
    }
  }

  #multiplyAdd(a: Vec, b: Vec, c: Vec): void {
    if (this.#relaxed) {
      this.#vec(a);
      this.#vec(b);
      this.#vec(c);
      this.#simd(SIMD.f32x4RelaxedMadd);
    } else {
      this.#vec(c);
      this.#vec(a);
      this.#vec(b);
      this.#simd(SIMD.f32x4Mul);
      this.#simd(SIMD.f32x4Add);
    }
  }

  /** The high halves of four 32×32-bit products, from two multiplications of two lanes each. */
  #multiplyHigh(): void {
    const [first, second] = this.#scratchLocals();
    this.#op(OP.localSet, second);
    this.#op(OP.localTee, first);
    this.#op(OP.localGet, second);
    this.#simd(SIMD.i64x2ExtMulLowU);
    this.#op(OP.localGet, first);
    this.#op(OP.localGet, second);
    this.#simd(SIMD.i64x2ExtMulHighU);
    this.#shuffle([1, 3, 5, 7]);
  }

  /** One load for each lane: the addresses go on the stack, last lane first, and each load takes one and the lanes so far. */
  #gather(from: LaneAddresses): void {
    const [offsets] = this.#scratchLocals();
    this.#vec(from.offsets);
    this.#op(OP.localSet, offsets);
    for (const lane of [3, 2, 1, 0]) this.#laneAddress(from, offsets, lane);
    for (const lane of [0, 1, 2, 3]) {
      this.#simd(lane === 0 ? SIMD.load32Zero : SIMD.load32Lane);
      this.#laneImmediate(from, lane);
      if (lane > 0) this.#out.byte(lane);
    }
  }

  #scatter(to: LaneAddresses, value: Vec): void {
    const [offsets, values] = this.#scratchLocals();
    // The value stays on the stack while the offsets are computed, which may need the same locals.
    this.#vec(value);
    this.#vec(to.offsets);
    this.#op(OP.localSet, offsets);
    this.#op(OP.localSet, values);
    for (const lane of [0, 1, 2, 3]) {
      this.#laneAddress(to, offsets, lane);
      this.#op(OP.localGet, values);
      this.#simd(SIMD.store32Lane);
      this.#laneImmediate(to, lane);
      this.#out.byte(lane);
    }
  }

  #laneAddress({ address }: LaneAddresses, offsets: number, lane: number): void {
    this.#pointer(address);
    this.#op(OP.localGet, offsets);
    this.#simd(SIMD.i32x4ExtractLane);
    this.#out.byte(lane);
    this.#out.byte(OP.i32Add);
  }

  #laneImmediate({ address, laneBytes }: LaneAddresses, lane: number): void {
    this.#out.unsigned(ALIGN_4);
    this.#out.unsigned(this.#plan.locate(address).offset + lane * laneBytes);
  }

  /** Two locals for what an instruction needs twice: free again once it has run. */
  #scratchLocals(): readonly [number, number] {
    this.#usesScratch = true;
    const first = this.#localNumber(this.#kernel.numLocals + this.#constants.size);
    return [first, first + 1];
  }

  #constantVec(bits: number): void {
    this.#simd(SIMD.constant);
    for (let lane = 0; lane < 4; lane++) this.#out.word(bits);
  }

  #shuffle(lanes: readonly number[]): void {
    this.#simd(SIMD.shuffle);
    for (const lane of lanes) for (let byte = 0; byte < 4; byte++) this.#out.byte(4 * lane + byte);
  }

  #access(address: Index, operand: () => void, opcode: number, align: number): void {
    this.#pointer(address);
    operand();
    this.#simd(opcode);
    this.#out.unsigned(align);
    this.#out.unsigned(this.#plan.locate(address).offset);
  }

  /** What an address is without the offset that its instruction holds. */
  #pointer(address: Index): void {
    const { pointer } = this.#plan.locate(address);
    if (pointer === undefined) this.#constant(0);
    else this.#op(OP.localGet, this.#pointerLocal(pointer));
  }

  #defineVariable(variable: IndexVariable): number {
    const local = this.#nextI32++;
    this.#variables.set(variable, local);
    return local;
  }

  #pointerLocal(pointer: Pointer): number {
    const local = this.#pointers.get(pointer);
    if (local === undefined) throw new Error(`kernel ${this.#kernel.name}: a pointer is used outside its loop`);
    return local;
  }

  #localNumber(id: number): number {
    return this.#numParameters + this.#numI32 + id;
  }

  #constant(value: number): void {
    this.#out.byte(OP.i32Const);
    this.#out.signed(value);
  }

  #op(opcode: number, operand: number): void {
    this.#out.byte(opcode);
    this.#out.unsigned(operand);
  }

  #simd(opcode: number): void {
    this.#out.byte(SIMD_PREFIX);
    this.#out.unsigned(opcode);
  }
}

function countVariables(statements: readonly Statement[]): number {
  let count = 0;
  for (const statement of statements) {
    if (statement.kind === "bind") count += 1;
    else if (statement.kind === "for") count += 1 + countVariables(statement.body);
  }
  return count;
}
