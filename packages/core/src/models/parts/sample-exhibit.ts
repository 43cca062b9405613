import { countClasses } from "../samples.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { numShown } from "../exhibits.ts";

const ROWS = 5;
const COLUMNS = 12;
/** Rows of samples by class: more do not fit on a page. */
const MOST_CLASSES = 20;

/** New samples that a model draws; of a conditional one, a row of each class. */
export async function sampleExhibit(
  exhibition: Exhibition,
  { conditional = false }: { readonly conditional?: boolean } = {},
): Promise<Exhibit> {
  const { data, sample } = exhibition;
  if (conditional) return samplesByClass(exhibition);
  return {
    kind: "grid",
    title: "New samples",
    note: "Drawn by the model, none of them chosen: the decodings of codes that were drawn from the prior.",
    samples: { shape: data.shape, values: await sample(numShown(data.shape, ROWS * COLUMNS)) },
    columns: COLUMNS,
    isList: true,
  };
}

async function samplesByClass({ data, sample }: Exhibition): Promise<Exhibit> {
  const { classNames, shape } = data;
  const numClasses = Math.min(countClasses(data), MOST_CLASSES);
  const columns = numShown(shape, COLUMNS);
  const classes = Uint8Array.from({ length: numClasses * columns }, (_, index) => Math.floor(index / columns));
  const values = await sample(classes.length, classes);
  const rowSize = columns * sizeOf(shape);
  return {
    kind: "rows",
    isReadAlong: true,
    title: "New samples of each class",
    note: "Drawn by the model for the class at the left, none of them chosen.",
    rows: Array.from({ length: numClasses }, (_, label) => ({
      name: classNames?.[label] ?? String(label),
      shape,
      values: values.subarray(label * rowSize, (label + 1) * rowSize),
    })),
  };
}
