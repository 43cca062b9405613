/** A compiled program on a device. */
import { emitProgram, planProgram } from "../compile/compile.ts";
import { storageOf } from "../compile/fuse.ts";
import type { ProgramPlan } from "../compile/compile.ts";
import type { ProgramSpecification } from "../compile/specification.ts";
import { constantOf } from "../compile/addresses.ts";
import { isLeaf, leaves } from "../compile/memory-plan.ts";
import type { Place } from "../compile/memory-plan.ts";
import type { Node } from "../graph/node.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { leafName } from "../ops/leaf.ts";
import { FIXED_ADDRESSES, MAX_STAGES } from "./control.ts";
import type { Device, RunNumbers } from "./device.ts";
import type { ParameterStore } from "./parameter-store.ts";

export interface RunOptions extends RunNumbers {
  /** A value for each scalar of the graph, by name. */
  readonly scalars?: Readonly<Record<string, number>>;
}

export class Program {
  readonly plan: ProgramPlan;
  readonly batchSize: number;
  readonly #device: Device;
  readonly #parameters: ParameterStore;
  readonly #address: number;
  readonly #id: number;
  #disposed = false;

  private constructor(
    specification: ProgramSpecification,
    plan: ProgramPlan,
    device: Device,
    parameters: ParameterStore,
    address: number,
    id: number,
  ) {
    this.batchSize = specification.batchSize;
    this.plan = plan;
    this.#device = device;
    this.#parameters = parameters;
    this.#address = address;
    this.#id = id;
  }

  /** Compiles a specification, takes the memory it needs and loads it into the device's threads. */
  static async compile(
    specification: ProgramSpecification,
    device: Device,
    parameters: ParameterStore,
  ): Promise<Program> {
    const plan = planProgram(specification);
    const { bytes, numMicroBatches, numSlots } = plan.memory;
    const residentAt = bytes.fixed;
    const slotsAt = residentAt + numMicroBatches * bytes.resident;
    const scratchAt = slotsAt + numSlots * bytes.slot;
    const address = device.memory.allocate(scratchAt + device.numThreads * bytes.scratch);
    const bases = {
      fixed: address,
      resident: address + residentAt,
      slots: address + slotsAt,
      parameter: (node: Node) => parameters.addressOf(node),
      ...FIXED_ADDRESSES,
    };
    // Before the first wait: nothing that the code has addresses of may be given back.
    const used = parametersOf(plan);
    parameters.retain(used);
    try {
      const emitted = emitProgram(plan, bases, device.emitOptions);
      if (emitted.stages.length > MAX_STAGES) throw new RangeError(`a program has at most ${MAX_STAGES} stages`);
      const id = await device.load({
        module: await WebAssembly.compile(emitted.bytes),
        stages: emitted.stages,
        lanes: plan.memory.lanes,
        microBatchesPerSlot: plan.memory.microBatchesPerSlot,
        residentAddress: bases.resident,
        residentBytes: bytes.resident,
        slotAddress: bases.slots,
        slotBytes: bytes.slot,
        scratchAddress: address + scratchAt,
        scratchBytes: bytes.scratch,
      });
      return new Program(specification, plan, device, parameters, address, id);
    } catch (error) {
      device.memory.free(address);
      parameters.release(used);
      throw error;
    }
  }

  /**
   * Where the rows of an input are written before a run, row-major: `batchSize` rows, and as many more as fill the last
   * micro-batch. All lanes compute, so those beyond the run's samples should hold harmless values.
   */
  inputRows(input: Node): Float32Array | undefined {
    const { inputRows, lanes, numMicroBatches } = this.plan.memory;
    const place = inputRows.get(input);
    return place && this.#floats(place, sizeOf(input.type.shape) * lanes * numMicroBatches);
  }

  run({ scalars = {}, ...numbers }: RunOptions): void {
    if (!Number.isInteger(numbers.count) || numbers.count < 1 || numbers.count > this.batchSize) {
      throw new RangeError(`a run takes 1 to ${this.batchSize} samples, and got ${numbers.count}`);
    }
    for (const [node, place] of this.plan.memory.scalars) {
      const value = scalars[leafName(node)];
      if (value === undefined) throw new Error(`the scalar "${leafName(node)}" has no value`);
      this.#floats(place, 1)[0] = value;
    }
    this.#device.run(this.#id, numbers);
  }

  /**
   * A result of the last run: a shared one whole, a per-sample one as rows (of which the first `count` are of this run). A
   * parameter has the value that it has now. What is returned may be the program's own memory: read it before the next run, and
   * before programs are compiled or disposed of.
   */
  output(name: string): Float32Array {
    const node = this.plan.schedule.outputs.get(name);
    if (node === undefined) throw new Error(`the program has no output "${name}"`);
    const { outputRows, places, scalars } = this.plan.memory;
    const size = sizeOf(node.type.shape);
    const rows = outputRows.get(node);
    if (rows !== undefined) return this.#floats(rows, size * this.batchSize);
    const storage = storageOf(node);
    const place = places.get(storage) ?? scalars.get(storage);
    if (place !== undefined) return this.#floats(place, size);
    const number = constantOf(storage);
    return number === undefined ? this.#parameters.get(storage) : Float32Array.of(number);
  }

  /** Gives the program's memory back. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#device.unload(this.#id);
    this.#device.memory.free(this.#address);
    this.#parameters.release(parametersOf(this.plan));
  }

  #floats({ offset }: Place, length: number): Float32Array {
    if (this.#disposed) throw new Error("this program has been disposed of");
    return this.#device.memory.floats(this.#address + offset, length);
  }
}

/** The parameters whose addresses are in the program's code. */
function parametersOf({ schedule: { tasks, outputs } }: ProgramPlan): Set<Node> {
  const changed = tasks.flatMap(({ updates }) => [...updates.values()].flat());
  const shown = [...outputs.values()].map(storageOf).filter((node) => isLeaf(node, "parameter"));
  return new Set([...leaves(tasks, "parameter"), ...changed, ...shown]);
}
