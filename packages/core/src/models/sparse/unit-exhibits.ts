/** What there is to see of the units of a code: how many are active, what each draws, and what it answers to. */
import { rows } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples, numShown, unitsExhibit } from "../exhibits.ts";
import { ACTIVE_FROM, busiestUnits, unitActivity } from "./unit-activity.ts";
import type { UnitActivity } from "./unit-activity.ts";

/** Units whose drawings are shown: the busiest. */
const DRAWN = 96;
/** Units whose samples are shown, spread over the busy ones, and samples for each. */
const ANSWERING = 8;
const SAMPLES_FOR_EACH = 10;

/** Activity as figures and as bars, the drawings of the units, and the samples that they answer to. */
export async function unitExhibits(exhibition: Exhibition): Promise<readonly Exhibit[]> {
  const { data, encode } = exhibition;
  const codes = await encode(data);
  const activity = unitActivity(codes, codes.length / data.count);
  return [
    activityFigures(activity),
    activityBars(activity),
    ...(activity.ever === 0 ? [] : [await drawings(exhibition, codes, activity), answers(data, codes, activity)]),
  ];
}

function activityFigures({ numUnits, perSample, ever }: UnitActivity): Exhibit {
  return {
    kind: "figures",
    title: "Active units",
    note: `A unit counts as active where it is above ${100 * ACTIVE_FROM} % of the largest activity of all.`,
    figures: [
      { name: "units", value: numUnits },
      { name: "active for a sample", value: perSample, meaning: "on average: few where the code is sparse" },
      { name: "ever active", value: ever, meaning: "the others answer to nothing" },
    ],
  };
}

function activityBars(activity: UnitActivity): Exhibit {
  const order = busiestUnits(activity);
  return {
    kind: "bars",
    title: "How often each unit is active",
    note: "The busiest first. Sparse codes have no bars near 1, and many units that share the work.",
    values: order.map((unit) => activity.shares[unit] as number),
    names: order.map(String),
    axis: "share of the samples",
    bars: "unit, the busiest first",
  };
}

/** What the decoder adds for one unit at its largest activity, all others being at their means. Of units that are ever active. */
async function drawings({ data, decode }: Exhibition, codes: Float32Array, activity: UnitActivity): Promise<Exhibit> {
  const { numUnits, largest, shares } = activity;
  const units = busiestUnits(activity).slice(0, Math.min(numShown(data.shape, DRAWN), activity.ever));
  const means = unitMeans(codes, numUnits);
  const without = new Float32Array(units.length * numUnits);
  const having = new Float32Array(units.length * numUnits);
  for (const [row, unit] of units.entries()) {
    without.set(means, row * numUnits);
    without[row * numUnits + unit] = 0;
    having.set(means, row * numUnits);
    having[row * numUnits + unit] = largest[unit] as number;
  }
  const [background, drawn] = [await decode(without), await decode(having)];
  return unitsExhibit({
    title: "What each unit draws",
    note:
      "What the decoder adds for a unit at its largest activity, beside the average of the others: bright where it adds, dark " +
      "where it takes away. Below, the unit's number and how often it is active, the busiest first" +
      `${units.length < activity.ever ? `; ${units.length} of ${activity.ever} that ever are` : ""}.`,
    shape: data.shape,
    values: drawn.map((value, index) => value - (background[index] as number)),
    captions: units.map((unit) => `${unit}: ${(100 * (shares[unit] as number)).toFixed(0)}\u00A0%`),
  });
}

/** For several units the samples that excite them most. */
function answers(data: Dataset, codes: Float32Array, activity: UnitActivity): Exhibit {
  const busy = busiestUnits(activity).slice(0, activity.ever);
  const step = Math.max(1, Math.floor(busy.length / ANSWERING));
  const units = busy.filter((_, index) => index % step === 0).slice(0, ANSWERING);
  return {
    kind: "rows",
    isReadAlong: true,
    title: "What units respond to",
    note: "For some of the units, from the busiest to the rarest, the samples that excite them most.",
    rows: units.map((unit) => ({
      name: `unit ${unit}`,
      ...strongest(data, codes, { unit, numUnits: activity.numUnits }),
    })),
  };
}

function strongest(
  data: Dataset,
  codes: Float32Array,
  { unit, numUnits }: { readonly unit: number; readonly numUnits: number },
): { readonly shape: readonly number[]; readonly values: Float32Array } {
  const size = sizeOf(data.shape);
  const strength = (sample: number): number => Math.abs(codes[sample * numUnits + unit] as number);
  const found = Array.from({ length: data.count }, (_, sample) => sample)
    .toSorted((a, b) => strength(b) - strength(a))
    .slice(0, numShown(data.shape, SAMPLES_FOR_EACH));
  const values = new Float32Array(found.length * size);
  for (const [place, sample] of found.entries()) {
    values.set(firstSamples(rows(data, sample, sample + 1), 1).values, place * size);
  }
  return { shape: data.shape, values };
}

function unitMeans(codes: Float32Array, numUnits: number): Float32Array {
  const sums = new Float64Array(numUnits);
  for (const [index, value] of codes.entries()) sums[index % numUnits] = (sums[index % numUnits] as number) + value;
  return Float32Array.from(sums, (sum) => (sum * numUnits) / codes.length);
}
