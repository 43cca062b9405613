/** Exhibits that many families have. */
import { rows } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Exhibit, Samples } from "./exhibit.ts";
import type { Exhibition } from "./exhibition.ts";
import { reconstructionErrors } from "./reconstruction-errors.ts";

/** Columns of pictures side by side. */
const SHOWN = 12;

/** The first samples of a data set as float32. */
export function firstSamples(data: Dataset, count: number): Samples {
  const { images, scale, shape } = rows(data, 0, Math.min(count, data.count));
  return { shape, values: Float32Array.from(images, (value) => value * scale) };
}

/** Originals above their reconstructions, with the errors. */
export async function reconstructionExhibit({ data, reconstruct }: Exhibition): Promise<Exhibit> {
  const some = rows(data, 0, Math.min(SHOWN, data.count));
  const reconstructions = await reconstruct(some);
  return {
    kind: "rows",
    title: "Originals and reconstructions",
    note: "Above, samples that the model was given; below, what it made of their codes, with the mean squared error.",
    rows: [
      { name: "original", ...firstSamples(some, SHOWN) },
      { name: "reconstruction", shape: data.shape, values: reconstructions },
    ],
    captions: [...reconstructionErrors(some, reconstructions)].map((error) => error.toPrecision(2)),
  };
}
