/** Runs a graph as users run it: compiled, with fusion, a memory plan and threads. */
import type { Node } from "../../graph/node.ts";
import { topologicalOrder } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { Device } from "../device.ts";
import type { DeviceOptions } from "../device.ts";
import { ParameterStore } from "../parameter-store.ts";
import { Program } from "../program.ts";

export interface CompiledRunOptions extends DeviceOptions {
  /** Where to run; default: a device of these options that lives as long as the run. */
  readonly device?: Device;
  readonly batch: number;
  /** What the program is compiled for; default: the batch. */
  readonly batchSize?: number;
  readonly scalars?: Readonly<Record<string, number>>;
  readonly step?: number;
  readonly seed?: number;
}

/** The values of `outputs`, given those of the leaves. */
export async function runCompiled(
  outputs: readonly Node[],
  feeds: ReadonlyMap<Node, TensorValue>,
  { batch, batchSize = batch, scalars = {}, step = 0, seed = 0, device: given, ...options }: CompiledRunOptions,
): Promise<TensorValue[]> {
  const device = given ?? (await Device.create(options));
  const store = new ParameterStore(device);
  let program: Program | undefined;
  try {
    const named = Object.fromEntries(outputs.map((output, i) => [`output${i}`, output]));
    program = await Program.compile({ outputs: named, batchSize }, device, store);
    for (const leaf of topologicalOrder(outputs)) {
      const value = feeds.get(leaf);
      if (value === undefined) continue;
      if (value instanceof Float64Array) store.set(leaf, value);
      else for (const [sample, row] of value.entries()) program.inputRows(leaf)?.set(row, sample * row.length);
    }
    program.run({ count: batch, step, seed, scalars });
    const run = program;
    return outputs.map((output, i) => rowsOf(output, run.output(`output${i}`), batch));
  } finally {
    await program?.dispose();
    store.dispose();
    if (given === undefined) device.dispose();
  }
}

/** The rows of a program's result as tests hold them. */
export function rowsOf({ type }: Node, values: Float32Array, batch: number): TensorValue {
  if (type.scope === "shared") return Float64Array.from(values);
  const size = sizeOf(type.shape);
  return Array.from({ length: batch }, (_, sample) =>
    Float64Array.from(values.subarray(sample * size, (sample + 1) * size)),
  );
}
