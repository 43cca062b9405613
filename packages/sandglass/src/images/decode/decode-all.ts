/** All samples of a set, decoded into memory. */
import type { ImageEntry } from "../find/index.ts";
import { decodeSamples, type DecodedSamples } from "./decode-samples.ts";
import { withReader } from "./image-input.ts";
import { planRoom, planSize, type ImagePlan } from "./image-plan.ts";
import { mapInFlight } from "../in-flight.ts";
import { sampleJobs, samplesPerImage } from "./sample-jobs.ts";
import { WorkerDecoder } from "./worker-decoder.ts";

export interface DecodeAllOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** From so many images on a thread of its own is worth its start: what decoding leaves behind in a heap then ends with the thread. */
const WORTH_A_THREAD = 500;

/** Images that are sent to the thread at once, and how often. */
const PART = 128;
const PARTS_IN_FLIGHT = 2;

/** Decodes all images; of unreadable ones the values are zeros, and jobs count images. */
export async function decodeAll(
  entries: readonly ImageEntry[],
  plan: ImagePlan,
  maxPixels: number,
  { onProgress, signal }: DecodeAllOptions,
): Promise<DecodedSamples> {
  if (entries.length >= WORTH_A_THREAD) return decodeInThread(entries, plan, maxPixels, { onProgress, signal });
  let done = 0;
  const onImage = (): void => onProgress?.(++done, entries.length);
  const numbers = numbersOf(0, entries.length * samplesPerImage(plan));
  const jobs = sampleJobs(entries, plan, numbers);
  return withReader((reader) => decodeSamples(jobs, numbers.length, plan, { maxPixels, reader }, { signal, onImage }));
}

async function decodeInThread(
  entries: readonly ImageEntry[],
  plan: ImagePlan,
  maxPixels: number,
  { onProgress, signal }: DecodeAllOptions,
): Promise<DecodedSamples> {
  const perImage = samplesPerImage(plan);
  const size = planSize(plan);
  const values = planRoom(plan, entries.length * perImage);
  const failures: { job: number; reason: string }[] = [];
  const starts = Array.from({ length: Math.ceil(entries.length / PART) }, (_, part) => part * PART);
  const decoder = new WorkerDecoder(plan, maxPixels);
  let done = 0;
  try {
    await mapInFlight(
      starts,
      PARTS_IN_FLIGHT,
      async (from) => {
        const to = Math.min(from + PART, entries.length);
        const numbers = numbersOf(from * perImage, to * perImage);
        const decoded = await decoder.decode(sampleJobs(entries, plan, numbers), numbers.length);
        values.set(decoded.values, from * perImage * size);
        failures.push(...decoded.failures.map(({ job, reason }) => ({ job: from + job, reason })));
        done += to - from;
        onProgress?.(done, entries.length);
      },
      signal,
    );
  } finally {
    await decoder.close();
  }
  return { values, failures: failures.toSorted((a, b) => a.job - b.job) };
}

function numbersOf(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, index) => from + index);
}
