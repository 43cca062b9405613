import { KernelBuilder } from "../builder.ts";
import { load } from "../vec.ts";
import type { Vec } from "../vec.ts";
import { loadKernel } from "./run-kernel.ts";

export interface LaneMap {
  /** Written before a run: `operands[i]` is operand i. */
  readonly operands: readonly Float32Array[];
  /** Read after a run. */
  readonly results: readonly Float32Array[];
  run(): void;
}

/** A kernel that computes lane vectors from lane vectors, over arrays of `length` (a multiple of 4). */
export function mapLanes(
  length: number,
  numOperands: number,
  compute: (k: KernelBuilder, ...operands: Vec[]) => readonly Vec[],
  relaxed = false,
): LaneMap {
  const k = new KernelBuilder("map");
  let numResults = 0;
  k.for(
    0,
    length,
    (position) => {
      const address = (array: number) => position.times(4).plus(array * length * 4);
      const operands = Array.from({ length: numOperands }, (_, i) => k.let(load(address(i))));
      const results = compute(k, ...operands).map((result) => k.let(result));
      for (const [i, result] of results.entries()) k.store(address(numOperands + i), result);
      numResults = results.length;
    },
    { step: 4 },
  );
  const pages = Math.ceil(((numOperands + numResults) * length * 4) / 65536);
  const { floats, run } = loadKernel(k.finish(), { pages, relaxed });
  const array = (i: number): Float32Array => floats.subarray(i * length, (i + 1) * length);
  return {
    operands: Array.from({ length: numOperands }, (_, i) => array(i)),
    results: Array.from({ length: numResults }, (_, i) => array(numOperands + i)),
    run,
  };
}

/** The results for a few operand values, lane by lane. */
export function applyLanes(
  compute: (k: KernelBuilder, ...operands: Vec[]) => Vec,
  operands: readonly (readonly number[])[],
  relaxed = false,
): number[] {
  const count = operands[0]?.length ?? 0;
  const map = mapLanes(Math.ceil(count / 4) * 4, operands.length, (k, ...vecs) => [compute(k, ...vecs)], relaxed);
  for (const [i, values] of operands.entries()) map.operands[i]?.set(values);
  map.run();
  return [...(map.results[0] ?? [])].slice(0, count);
}
