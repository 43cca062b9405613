/** Whether a model copies whatever comes, or gives back only what looks like its samples. */
import { rows } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { hasTargets } from "../../data/targets.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples, numShown } from "../exhibits.ts";
import { squaredErrors } from "../squared-errors.ts";
import { summarizeValues } from "../values.ts";
import { scrambled } from "./scrambled.ts";

/** So many samples are measured. */
const MEASURED = 512;

/** What share of the variance a model gives back, 1 − error / variance: 1 of what it copies, 0 or less of what it cannot make. */
export interface GivenBack {
  /** Of samples. */
  readonly samples: number;
  /** Of scrambled samples, whose values are each like those of the samples and have nothing to do with each other. */
  readonly scrambled: number;
}

/**
 * How much a model gives back of samples, and of scrambled ones. A model that copies its input does both equally well; one that
 * has learned what samples look like cannot give back what does not look like them.
 *
 * @param seed decides how samples are scrambled.
 */
export async function givenBack(
  data: Dataset,
  reconstruct: (data: Dataset) => Promise<Float32Array>,
  { seed = 0 }: { readonly seed?: number } = {},
): Promise<GivenBack> {
  const some = firstOf(data);
  const shareOf = async (given: Dataset): Promise<number> => {
    const errors = squaredErrors(given, await reconstruct(given));
    const error = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    return 1 - error / summarizeValues(given, given.shape).variance;
  };
  return { samples: await shareOf(some), scrambled: await shareOf(scrambled(some, seed)) };
}

/**
 * How much the model gives back of samples and of scrambled ones, and the latter as pictures. None of samples that are all the same, or that have
 * targets, which scrambled ones have not.
 */
export async function copyingExhibits({ data, reconstruct, seed }: Exhibition): Promise<readonly Exhibit[]> {
  if (hasTargets(data) || summarizeValues(firstOf(data), data.shape).variance === 0) return [];
  const shares = await givenBack(data, reconstruct, { seed });
  const noise = scrambled(firstOf(data), seed);
  const shown = rows(noise, 0, Math.min(numShown(data.shape), noise.count));
  return [
    {
      kind: "figures",
      title: "Scrambled samples in figures",
      note:
        "A model that copies its input gives back anything. One that has learned what samples look like fails on scrambled " +
        "ones, in which each value comes from another sample.",
      figures: [
        {
          name: "samples",
          value: shares.samples,
          meaning: "share of their variance that comes back; below 0, worse than the mean",
        },
        { name: "scrambled samples", value: shares.scrambled, meaning: "the same; near 1 for a model that copies" },
      ],
    },
    {
      kind: "rows",
      title: "Scrambled samples",
      note:
        "What the model makes of values that have nothing to do with each other: a copy, or what it knows. " +
        `${percent(shares.scrambled)} of their variance comes back, of that of real samples ${percent(shares.samples)}.`,
      rows: [
        { name: "scrambled", ...firstSamples(shown, shown.count) },
        { name: "reconstruction", shape: data.shape, values: await reconstruct(shown) },
      ],
    },
  ];
}

/** Shares below 0, of what comes back worse than the mean, are none. */
function percent(share: number): string {
  return `${Math.round(100 * Math.max(0, share))} %`;
}

function firstOf(data: Dataset): Dataset {
  return rows(data, 0, Math.min(MEASURED, data.count));
}
