/** Loops over the lane vectors of a micro-batch. */
import type { KernelBuilder } from "../kernel/builder.ts";
import type { Index } from "../kernel/index-expr.ts";
import { range, segments } from "./tile.ts";

/** A cache line of lanes; enough independent chains to hide the latency of an addition. */
const FEW = 4;

/** Runs `body` for up to four lane vectors at a time. */
export function forEachFewVectors(k: KernelBuilder, vectors: number, body: (few: readonly Index[]) => void): void {
  for (const { from, to, size } of segments(vectors, FEW)) {
    k.for(from, to, (first) => body(range(size).map((i) => first.plus(i))), { step: size });
  }
}
