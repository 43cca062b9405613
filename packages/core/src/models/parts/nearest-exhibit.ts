import { counted } from "../../data/counted.ts";
import { rows } from "../../data/dataset.ts";
import type { Dataset } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples, numShown } from "../exhibits.ts";

/** Real samples that are searched. */
const MOST_SEARCHED = 5000;

/**
 * Drawn samples above the real ones nearest to them: whoever only copies is found out. Copies are of samples of the training, so those
 * are searched where they are at hand.
 */
export async function nearestExhibit({
  data,
  training,
  sample,
}: Pick<Exhibition, "data" | "training" | "sample">): Promise<Exhibit> {
  const shown = numShown(data.shape);
  const drawn = await sample(shown);
  const { values: real, count } = searched(training ?? data);
  const size = sizeOf(data.shape);
  const nearest = new Float32Array(drawn.length);
  const captions: string[] = [];
  for (let row = 0; row < shown; row++) {
    const { index, error } = nearestOf(drawn.subarray(row * size, (row + 1) * size), real);
    nearest.set(real.subarray(index * size, (index + 1) * size), row * size);
    captions.push(error.toPrecision(2));
  }
  return {
    kind: "rows",
    title: "Does it copy?",
    note:
      `Above, samples that the model drew; below, the nearest of ${counted(count, "sample")} ` +
      `${training === undefined ? "at hand, which need not be those of its training" : "of its training"}, with the mean squared ` +
      "difference. A model that had learned its samples by heart would show the same twice.",
    rows: [
      { name: "drawn", shape: data.shape, values: drawn },
      { name: "nearest real", shape: data.shape, values: nearest },
    ],
    captions,
  };
}

function searched(real: Dataset): { readonly values: Float32Array; readonly count: number } {
  const some = rows(real, 0, Math.min(MOST_SEARCHED, real.count));
  return { count: some.count, values: firstSamples(some, some.count).values };
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
