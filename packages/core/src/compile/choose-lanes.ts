/**
 * How many samples a micro-batch holds. The choice depends on the program and the batch size only, never on the machine or
 * the number of threads, because sums over samples are grouped by it and results must not change.
 */
import { planMemory } from "./memory-plan.ts";
import type { Schedule } from "./schedule.ts";

/** What a thread's tensors may take for them to stay in a second-level cache of 1 MiB beside weights. */
const CACHE_BYTES = 768 * 1024;
const PREFERRED_LANES = 16;
/** Lanes fill at least one tile of two vectors where the batch is large enough. */
const SMALLEST_LANES = 8;
const LARGEST_LANES = 64;
/** Fewer micro-batches would leave threads without work. */
const MIN_MICRO_BATCHES = 4;

export function chooseLanes(schedule: Schedule, batchSize: number): number {
  let lanes = 4;
  while (lanes < PREFERRED_LANES && lanes < batchSize) lanes *= 2;
  if (lanes > SMALLEST_LANES && planMemory(schedule, batchSize, lanes).bytes.scratch > CACHE_BYTES)
    return SMALLEST_LANES;
  while (lanes < LARGEST_LANES && batchSize >= 2 * lanes * MIN_MICRO_BATCHES) {
    const { bytes } = planMemory(schedule, batchSize, 2 * lanes);
    if (bytes.scratch + bytes.resident > CACHE_BYTES) break;
    lanes *= 2;
  }
  return lanes;
}
