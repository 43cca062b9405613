/** Images that are read when they are needed. */
import { DatasetError, type StreamedDataset } from "@sandglass/core";
import type { ImageEntry } from "../find/index.ts";
import { planScale, planShape, planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import type { ImageLabels } from "./image-labels.ts";
import { sampleJobs, samplesPerImage } from "./sample-jobs.ts";
import type { UnreadableImages } from "./unreadable-images.ts";
import { tooMany } from "./unreadable-limit.ts";
import type { WorkerDecoder } from "./worker-decoder.ts";

/**
 * A data set whose samples are decoded beside whoever reads them. Reading throws a UserError when too many images are unreadable, or all of a class.
 */
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
  // Where there are no labels, classes bind nobody.
  const classOf = ({ className }: ImageEntry): string | undefined =>
    labels.labels === undefined ? undefined : className;

  async function read(numbers: Uint32Array): Promise<ImageValues> {
    const readable = numbers.map((number) => {
      const image = Math.floor(number / perImage);
      return unreadable.has(image)
        ? number + (substitute(entries, image, classOf, unreadable) - image) * perImage
        : number;
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
 * after it.
 *
 * @throws UserError when no image of the class is readable.
 */
function substitute(
  entries: readonly ImageEntry[],
  image: number,
  classOf: (entry: ImageEntry) => string | undefined,
  unreadable: UnreadableImages,
): number {
  const wanted = classOf(entries[image] as ImageEntry);
  const isAlike = (candidate: number): boolean => classOf(entries[candidate] as ImageEntry) === wanted;
  const found = nearest(image, entries.length, (candidate) => isAlike(candidate) && !unreadable.has(candidate));
  if (found !== undefined) return found;
  const alike = entries.filter((_, candidate) => isAlike(candidate)).length;
  const reasons = unreadable.list().filter(({ entry }) => classOf(entry) === wanted);
  throw tooMany(reasons, alike, `at least one of the class ${wanted} must be; mend them, or remove their folder`);
}

/** The nearest number below that will do, or else the nearest above. */
function nearest(from: number, count: number, willDo: (candidate: number) => boolean): number | undefined {
  for (let candidate = from - 1; candidate >= 0; candidate--) if (willDo(candidate)) return candidate;
  for (let candidate = from + 1; candidate < count; candidate++) if (willDo(candidate)) return candidate;
  return undefined;
}
