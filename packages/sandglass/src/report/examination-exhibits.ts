/** Originals beside what a model gives back of them, as every autoencoder has them: typical ones, the best and the worst. */
import { hasTargets, targetsOf } from "@sandglass/core";
import type { BarsExhibit, Exhibit, Labels, RowsExhibit, tables } from "@sandglass/core";
import type { Examination } from "../examination/examine.ts";
import { imageLayout, scaled } from "../images/index.ts";
import { formatCount, formatBriefly } from "../text/number-format.ts";
import { errorByOwnColumn } from "./column-errors.ts";
import { sizeOf } from "./key-figures.ts";
import { inOwnColumns } from "./own-columns.ts";

/** Images in a row, and samples that are drawn as charts. */
const IMAGES = 12;
const CHARTS = 6;
/** Samples with more values than that have no bar for each. */
const MOST_COLUMNS = 64;

/** How samples are spoken of, and how they are read where each lies beside its reconstruction. */
const WORDS = {
  images: {
    typical: "Typical samples",
    one: "a sample",
    samples: "samples",
    howToRead: "Above the original, below what",
  },
  pairs: {
    typical: "Typical pairs",
    one: "a sample",
    samples: "samples",
    howToRead: "Above the input, below it what",
  },
  charts: {
    typical: "Typical samples",
    one: "a sample",
    samples: "samples",
    howToRead: "Left the original, right what",
  },
  table: {
    typical: "Rows and what the model gives back",
    one: "a row",
    samples: "rows",
    howToRead: "Marked is what most of a row’s error comes from. Above the original, below what",
  },
} as const;

/**
 * What is seen of reconstructions: exhibits of rows, and of bars for the error of classes or columns.
 *
 * @param encoder of a table, whose rows are shown in the user's own columns and units.
 */
export function examinationExhibits(examination: Examination, encoder?: tables.TableEncoder): Exhibit[] {
  const { data, errors } = examination;
  const order = Array.from(errors.keys()).toSorted((a, b) => (errors[a] ?? 0) - (errors[b] ?? 0));
  const areImages = imageLayout(data.shape) !== undefined;
  const most = areImages ? IMAGES : CHARTS;
  const isPaired = hasTargets(data);
  const ofImages = isPaired ? "pairs" : "images";
  const words = WORDS[areImages ? ofImages : encoder === undefined ? "charts" : "table"];
  const error = isPaired
    ? " and then the target, with the mean squared error against it"
    : ", with the mean squared error";
  const howToRead = `${words.howToRead} the model gives back of it${error}.`;
  const show = (samples: readonly number[], title: string, note: string): Exhibit => {
    const exhibit = { title, note, ...originalsAndReconstructions(examination, samples) };
    return encoder === undefined ? exhibit : inOwnColumns(exhibit, encoder);
  };
  const typical = show(
    typicalSamples(examination, order, most),
    words.typical,
    data.labels === undefined
      ? `${howToRead} From the best to the worst, at even distances.`
      : `${howToRead} Of each class ${words.one} that comes back neither well nor badly.`,
  );
  const ofErrors = errorExhibits(examination, encoder);
  if (order.length <= most) return [typical, ...ofErrors];
  const examined = `of ${formatCount(data.count)} ${words.samples} examined`;
  return [
    typical,
    show(
      order.slice(-most).toReversed(),
      `The hardest ${words.samples}`,
      `What the model gives back worst ${examined}, the worst first. What is unlike everything else ends up here, too.`,
    ),
    show(
      order.slice(0, most),
      `The easiest ${words.samples}`,
      `What the model gives back best ${examined}, the best first.`,
    ),
    ...ofErrors,
  ];
}

/** In the middle of each of equal parts of the order; with labels, as many of each class as there is room for. */
function typicalSamples({ data }: Examination, order: readonly number[], most: number): number[] {
  const { labels } = data;
  if (labels === undefined) return middles(order, most);
  const classes = [...new Set(labels)].toSorted((a, b) => a - b);
  const perClass = Math.max(1, Math.floor(most / classes.length));
  return classes.flatMap((label) =>
    middles(
      order.filter((sample) => labels[sample] === label),
      perClass,
    ),
  );
}

function middles(order: readonly number[], count: number): number[] {
  const parts = Math.min(count, order.length);
  return Array.from({ length: parts }, (_, part) => order[Math.floor(((part + 0.5) / parts) * order.length)] ?? 0);
}

function originalsAndReconstructions(examination: Examination, samples: readonly number[]): RowsExhibit {
  const { data, reconstructions, errors } = examination;
  const { shape } = data;
  const size = sizeOf(shape);
  const pick = (values: Uint8Array | Float32Array, scale: number): Float32Array => {
    const picked = new Float32Array(samples.length * size);
    for (const [place, sample] of samples.entries()) {
      picked.set(scaled(values.subarray(sample * size, (sample + 1) * size), scale), place * size);
    }
    return picked;
  };
  return {
    kind: "rows",
    rows: hasTargets(data)
      ? [
          { name: "input", shape, values: pick(data.values, data.scale) },
          { name: "output", shape, values: pick(reconstructions, 1) },
          { name: "target", shape, values: pick(targetsOf(data).values, data.scale) },
        ]
      : [
          { name: "original", shape, values: pick(data.values, data.scale) },
          { name: "reconstruction", shape, values: pick(reconstructions, 1) },
        ],
    captions: samples.map((sample) => {
      const error = formatBriefly(errors[sample] ?? NaN);
      const label = data.labels?.[sample];
      return label === undefined ? error : `${nameOfClass(data, label)} ${error}`;
    }),
  };
}

function errorExhibits(examination: Examination, encoder: tables.TableEncoder | undefined): Exhibit[] {
  const { labels, shape } = examination.data;
  const columns = shape.length === 1 && sizeOf(shape) > 1 && sizeOf(shape) <= MOST_COLUMNS;
  return [
    ...(labels === undefined || new Set(labels).size < 2
      ? []
      : [
          {
            title: "Error by class",
            note: "The mean squared error of the samples of each class: which kinds the code has no room for.",
            ...errorByClass(examination, labels),
          },
        ]),
    ...(encoder === undefined ? [] : [errorByOwnColumn(examination, encoder)]),
    ...(columns && encoder === undefined
      ? [
          {
            title: "Error by column",
            note: "The mean squared error of each value of a sample: which columns the code does not keep.",
            ...errorByColumn(examination),
          },
        ]
      : []),
  ];
}

/** A number, beside an error, says that it is a class. */
function nameOfClass({ classNames }: Examination["data"], label: number): string {
  const name = classNames?.[label] ?? String(label);
  return /^[-\d.]+$/u.test(name) ? `class ${name}` : name;
}

function errorByClass({ data, errors }: Examination, labels: Labels): BarsExhibit {
  const classes = [...new Set(labels)].toSorted((a, b) => a - b);
  const values = classes.map((label) => mean([...errors].filter((_, sample) => labels[sample] === label)));
  const names = classes.map((label) => nameOfClass(data, label));
  return { kind: "bars", values, names, axis: "mean squared error" };
}

function errorByColumn({ data, reconstructions }: Examination): BarsExhibit {
  const size = sizeOf(data.shape);
  const sums = new Float64Array(size);
  for (const [index, value] of targetsOf(data).values.entries()) {
    const column = index % size;
    sums[column] = (sums[column] ?? 0) + (value * data.scale - (reconstructions[index] ?? NaN)) ** 2;
  }
  return { kind: "bars", values: [...sums].map((sum) => sum / data.count), axis: "mean squared error" };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
