/** Many samples at once, written into one array. */
import type { ImageEntry } from "../find/index.ts";
import { decodeEntry, type DecodeContext } from "./decode-image.ts";
import { planRoom, planSize, type ImagePlan, type ImageValues } from "./image-plan.ts";
import { mapInFlight } from "../in-flight.ts";
import type { PatchPlace } from "./patches.ts";

/** What to decode of one image, and where its values go. Plain data, so that it can be sent to a thread. */
export interface DecodeJob {
  readonly entry: ImageEntry;
  /** The positions of the image's samples in the result. */
  readonly positions: readonly number[];
  /** The place of each sample in the image; empty for whole images. */
  readonly places: readonly PatchPlace[];
}

export interface DecodedSamples {
  /** The samples in the order of their positions; where an image was unreadable, zeros. */
  readonly values: ImageValues;
  /** Jobs, by their number, whose image could not be read. */
  readonly failures: readonly { readonly job: number; readonly reason: string }[];
}

/**
 * Images of one call that are decoded at the same time. libuv works on four unless UV_THREADPOOL_SIZE says otherwise; the others wait, so that none
 * of its threads does while this one collects results. Where patches are cut, whole images are held in memory, so that fewer are better.
 */
const IN_FLIGHT = { images: 16, patched: 4 };

/** Decodes `count` samples by jobs. */
export async function decodeSamples(
  jobs: readonly DecodeJob[],
  count: number,
  plan: ImagePlan,
  context: DecodeContext,
  { signal, onImage }: { readonly signal?: AbortSignal | undefined; readonly onImage?: () => void } = {},
): Promise<DecodedSamples> {
  const size = planSize(plan);
  const values = planRoom(plan, count);
  const failures: { job: number; reason: string }[] = [];
  await mapInFlight(
    jobs,
    plan.patches === undefined ? IN_FLIGHT.images : IN_FLIGHT.patched,
    async ({ entry, positions, places }, job) => {
      const decoded = await decodeEntry(entry, plan, places, context);
      if ("reason" in decoded) failures.push({ job, reason: decoded.reason });
      else {
        for (const [index, position] of positions.entries()) {
          values.set((places.length === 0 ? decoded.values[0] : decoded.values[index]) as ImageValues, position * size);
        }
      }
      onImage?.();
    },
    signal,
  );
  return { values, failures: failures.toSorted((a, b) => a.job - b.job) };
}
