/**
 * The compiler: from a specification to one WebAssembly module in which every loop bound and address is a constant.
 *
 * Compiling has two steps, because addresses depend on where the memory lies: `planProgram` says how much is needed, and
 * `emitProgram` writes the code once it is known where.
 */
import type { KernelFunction, KernelOptions } from "../kernel/builder.ts";
import { ByteWriter, encodeModule } from "../kernel/wasm/encoder.ts";
import type { FunctionCode, MemoryImport } from "../kernel/wasm/encoder.ts";
import { BULK_PREFIX, MEMORY_FILL, OP } from "../kernel/wasm/opcodes.ts";
import { renderKernel } from "../kernel/wasm/render.ts";
import { Addresses } from "./addresses.ts";
import type { Bases } from "./addresses.ts";
import { checkSpecification } from "./check-specification.ts";
import { chooseLanes } from "./choose-lanes.ts";
import { emitPerSample } from "./emit-sample.ts";
import { emitShared, unitsOf } from "./emit-shared.ts";
import { planMemory } from "./memory-plan.ts";
import type { MemoryPlan } from "./memory-plan.ts";
import { isPerSample, schedule } from "./schedule.ts";
import type { Schedule, Task } from "./schedule.ts";
import { simplify } from "./simplify.ts";
import type { ProgramSpecification } from "./specification.ts";
import { verifySchedule } from "./verify-schedule.ts";

export interface ProgramPlan {
  readonly schedule: Schedule;
  readonly memory: MemoryPlan;
}

export interface Stage {
  readonly kind: "samples" | "shared";
  readonly exportName: string;
}

export interface EmittedProgram {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stages: readonly Stage[];
}

export interface EmitOptions {
  readonly memory: MemoryImport;
  /** Use the multiply-add of relaxed SIMD. */
  readonly relaxed: boolean;
  /** Write loops for a host that makes one operation of the same on two neighbouring vectors. */
  readonly wide: boolean;
}

/** The exported function that sets a range of memory to zero: (address, bytes). */
export const CLEAR = "clear";

export function planProgram(specification: ProgramSpecification): ProgramPlan {
  checkSpecification(specification);
  const planned = schedule(simplify(specification));
  verifySchedule(planned);
  const lanes = chooseLanes(planned, specification.batchSize);
  return { schedule: planned, memory: planMemory(planned, specification.batchSize, lanes) };
}

export function emitProgram(plan: ProgramPlan, bases: Bases, options: EmitOptions): EmittedProgram {
  const addresses = new Addresses(plan.memory, bases);
  const functions: FunctionCode[] = [clearFunction()];
  const stages: Stage[] = [];
  for (let stage = 0; stage < plan.schedule.numStages; stage++) {
    const tasks = plan.schedule.tasks.filter((task) => task.stage === stage);
    if (tasks.length === 0) continue;
    const first = functions.length;
    for (const kernel of kernelsOf(tasks, addresses, options)) functions.push(renderKernel(kernel, options));
    const kind = stage % 2 === 0 ? "samples" : "shared";
    const exportName = `stage${stage}`;
    const code = kind === "samples" ? callAll(tasks, first) : callShares(tasks, first);
    const numParameters = kind === "samples" ? 4 : 5;
    functions.push({ numParameters, numI32: 0, numV128: 0, code, exportName });
    stages.push({ kind, exportName });
  }
  return { bytes: encodeModule(functions, options.memory), stages };
}

function kernelsOf(tasks: readonly Task[], addresses: Addresses, options: KernelOptions): KernelFunction[] {
  return tasks.map((task) =>
    isPerSample(task) ? emitPerSample(task, addresses, options) : emitShared(task, addresses, options),
  );
}

/** (scratch, resident, slot, sample): calls each kernel with the same. */
function callAll(tasks: readonly Task[], first: number): Uint8Array {
  const code = new ByteWriter();
  for (const index of tasks.keys()) {
    for (let parameter = 0; parameter < 4; parameter++) get(code, parameter);
    call(code, first + index);
  }
  return code.finish();
}

/** (thread, threads, slots, microBatches, scratch): calls each kernel with the thread's share of its units. */
function callShares(tasks: readonly Task[], first: number): Uint8Array {
  const code = new ByteWriter();
  for (const [index, task] of tasks.entries()) {
    for (const offset of [0, 1]) {
      // ⌊units · (thread + offset) / threads⌋
      get(code, 0);
      constant(code, offset);
      code.byte(OP.i32Add);
      constant(code, unitsOf(task));
      code.byte(OP.i32Mul);
      get(code, 1);
      code.byte(OP.i32DivU);
    }
    for (const parameter of [2, 3, 4]) get(code, parameter);
    call(code, first + index);
  }
  return code.finish();
}

function clearFunction(): FunctionCode {
  const code = new ByteWriter();
  get(code, 0);
  constant(code, 0);
  get(code, 1);
  code.byte(BULK_PREFIX);
  code.unsigned(MEMORY_FILL);
  code.byte(0);
  return { numParameters: 2, numI32: 0, numV128: 0, code: code.finish(), exportName: CLEAR };
}

function get(code: ByteWriter, local: number): void {
  code.byte(OP.localGet);
  code.unsigned(local);
}

function constant(code: ByteWriter, value: number): void {
  code.byte(OP.i32Const);
  code.signed(value);
}

function call(code: ByteWriter, index: number): void {
  code.byte(OP.call);
  code.unsigned(index);
}
