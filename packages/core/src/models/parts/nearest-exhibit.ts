import { rows } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples } from "../exhibits.ts";

const SHOWN = 12;
/** Real samples that are compared with. */
const MOST_COMPARED = 5000;

/** Drawn samples above the real ones nearest to them: whoever only copies is found out. */
export async function nearestExhibit({ data, sample }: Exhibition): Promise<Exhibit> {
  const drawn = await sample(SHOWN);
  const { values: real } = firstSamples(rows(data, 0, Math.min(MOST_COMPARED, data.count)), MOST_COMPARED);
  const size = sizeOf(data.shape);
  const nearest = new Float32Array(drawn.length);
  const captions: string[] = [];
  for (let row = 0; row < SHOWN; row++) {
    const { index, error } = nearestOf(drawn.subarray(row * size, (row + 1) * size), real);
    nearest.set(real.subarray(index * size, (index + 1) * size), row * size);
    captions.push(error.toPrecision(2));
  }
  return {
    kind: "rows",
    title: "Does it copy?",
    note:
      "Above, samples that the model drew; below, the nearest of the real samples at hand, with the mean squared difference. " +
      "A model that had learned its samples by heart would show the same twice.",
    rows: [
      { name: "drawn", shape: data.shape, values: drawn },
      { name: "nearest real", shape: data.shape, values: nearest },
    ],
    captions,
  };
}

/** The sample with the least mean squared difference. */
export function nearestOf(
  values: Float32Array,
  candidates: Float32Array,
): { readonly index: number; readonly error: number } {
  const size = values.length;
  let [nearest, least] = [0, Number.POSITIVE_INFINITY];
  for (let index = 0; index < candidates.length / size; index++) {
    let sum = 0;
    for (let place = 0; place < size && sum < least; place++) {
      const difference = (values[place] as number) - (candidates[index * size + place] as number);
      sum += difference * difference;
    }
    if (sum < least) [nearest, least] = [index, sum];
  }
  return { index: nearest, error: least / size };
}
