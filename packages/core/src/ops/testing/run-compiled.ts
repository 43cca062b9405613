/** Runs a graph as users run it: compiled, with fusion, a memory plan and threads. */
import type { Node } from "../../graph/node.ts";
import { runKernels } from "./run-kernels.ts";
import type { KernelRunOptions } from "./run-kernels.ts";
import type { TensorValue } from "./values.ts";

export function runCompiled(
  outputs: readonly Node[],
  feeds: ReadonlyMap<Node, TensorValue>,
  options: KernelRunOptions,
): TensorValue[] {
  return runKernels(outputs, feeds, options);
}
