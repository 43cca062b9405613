/** Images that are read when they are needed. */
import { DatasetError, type StreamedDataset } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import { planScale, planShape, planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import type { ImageLabels } from "./image-labels.ts";
import { sampleJobs, samplesPerImage } from "./sample-jobs.ts";
import type { UnreadableImages } from "./unreadable-images.ts";
import type { WorkerDecoder } from "./worker-decoder.ts";

/** A data set whose samples are decoded beside whoever reads them. */
export function streamedImages(
  name: string,
  entries: readonly ImageEntry[],
  plan: ImagePlan,
  labels: ImageLabels,
  unreadable: UnreadableImages,
  decoder: WorkerDecoder,
): StreamedDataset {
  const perImage = samplesPerImage(plan);
  const count = entries.length * perImage;
  const size = planSize(plan);

  async function read(numbers: Uint32Array): Promise<ImageValues> {
    const readable = numbers.map((number) => {
      const image = Math.floor(number / perImage);
      return unreadable.has(image) ? number + (substitute(entries, image, unreadable) - image) * perImage : number;
    });
    const jobs = sampleJobs(entries, plan, readable);
    const { values, failures } = await decoder.decode(jobs, readable.length);
    if (failures.length === 0) return values;

    const positions: number[] = [];
    for (const { job, reason } of failures) {
      const { image, entry, positions: failed } = jobs[job] as (typeof jobs)[number];
      unreadable.add(image, { entry, reason });
      positions.push(...failed);
    }
    unreadable.check();
    const instead = await read(Uint32Array.from(positions, (position) => numbers[position] as number));
    for (const [index, position] of positions.entries()) {
      values.set(instead.subarray(index * size, (index + 1) * size), position * size);
    }
    return values;
  }

  return {
    name,
    shape: planShape(plan),
    dtype: plan.depth === 16 ? "float32" : "uint8",
    scale: planScale(plan),
    count,
    ...labels,
    async read(numbers) {
      const missing = numbers.find((number) => number >= count);
      if (missing === undefined) return read(numbers);
      throw new DatasetError(`${name} has samples 0 to ${count - 1}; sample ${missing} was asked for`);
    },
  };
}

/**
 * What stands in for an unreadable image: the nearest readable one before it that has the same class, so that the label stays true; else the nearest
 * after it; else the nearest of any class. `unreadable.check` has made sure that there is one.
 */
function substitute(entries: readonly ImageEntry[], image: number, unreadable: UnreadableImages): number {
  const { className } = entries[image] as ImageEntry;
  const isReadable = (candidate: number): boolean => !unreadable.has(candidate);
  const isAlike = (candidate: number): boolean =>
    isReadable(candidate) && (entries[candidate] as ImageEntry).className === className;
  return nearest(image, entries.length, isAlike) ?? nearest(image, entries.length, isReadable) ?? image;
}

/** The nearest number below that will do, or else the nearest above. */
function nearest(from: number, count: number, willDo: (candidate: number) => boolean): number | undefined {
  for (let candidate = from - 1; candidate >= 0; candidate--) if (willDo(candidate)) return candidate;
  for (let candidate = from + 1; candidate < count; candidate++) if (willDo(candidate)) return candidate;
  return undefined;
}
