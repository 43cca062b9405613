/** From the numbers of samples to what must be decoded. */
import { RandomStream } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import type { DecodeJob } from "./decode-samples.ts";
import type { ImagePlan, PatchPlan } from "./image-plan.ts";
import type { PatchPlace } from "./patches.ts";

/** A job, and the number of its image. */
export interface SampleJob extends DecodeJob {
  readonly image: number;
}

/** Samples that an image gives. */
export function samplesPerImage({ patches }: ImagePlan): number {
  return patches?.perImage ?? 1;
}

/**
 * One job for each image that the samples are taken from, so that an image is decoded once however many of them it gives.
 *
 * @param numbers numbers of samples; they may repeat.
 */
export function sampleJobs(entries: readonly ImageEntry[], plan: ImagePlan, numbers: Uint32Array): SampleJob[] {
  const perImage = samplesPerImage(plan);
  const jobs = new Map<number, { positions: number[]; places: PatchPlace[] }>();
  for (const [position, number] of numbers.entries()) {
    const image = Math.floor(number / perImage);
    const job = jobs.get(image) ?? { positions: [], places: [] };
    jobs.set(image, job);
    job.positions.push(position);
    if (plan.patches !== undefined) job.places.push(patchPlace(plan.patches, number));
  }
  return [...jobs].map(([image, job]) => ({ image, entry: entries[image] as ImageEntry, ...job }));
}

/** A sample's patch lies where the seed and the sample's own number say, whatever else is read. */
function patchPlace({ seed }: PatchPlan, number: number): PatchPlace {
  const stream = new RandomStream(seed, number);
  return { down: stream.uniform(0, 1), right: stream.uniform(0, 1) };
}
