/** Exhibits that many families have. */
import { principalComponents } from "../classic/index.ts";
import { dataset, rows } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { targetsOf } from "../data/targets.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { Exhibit, GridExhibit, Samples } from "./exhibit.ts";
import type { Exhibition } from "./exhibition.ts";
import { squaredErrors } from "./squared-errors.ts";

/** Images side by side, and charts of other samples. */
const IN_A_ROW = 12;
const CHARTS = 6;
/** Points of a map: more hide each other. */
const MOST_POINTS = 3000;
/** Units drawn: the first ones. */
const MOST_UNITS = 96;

/** Whether samples of a shape are drawn as pictures. */
export function areImages(shape: Shape): boolean {
  return shape.length === 3 && (shape[2] === 1 || shape[2] === 3);
}

/** How many samples of a shape are shown side by side, of so many images: others are drawn as charts, and fewer of them fit. */
export function numShown(shape: Shape, images = IN_A_ROW): number {
  return areImages(shape) ? images : Math.min(images, CHARTS);
}

/** The first samples of a data set as float32. */
export function firstSamples(data: Dataset, count: number): Samples {
  const { values: images, scale, shape } = rows(data, 0, Math.min(count, data.count));
  return { shape, values: Float32Array.from(images, (value) => value * scale) };
}

/** Originals above their reconstructions, with the errors; of samples with targets, these below. */
export async function reconstructionExhibit({ data, reconstruct }: Exhibition): Promise<Exhibit> {
  const some = rows(data, 0, Math.min(numShown(data.shape), data.count));
  const reconstructions = await reconstruct(some);
  const captions = [...squaredErrors(targetsOf(some), reconstructions)].map((error) => error.toPrecision(2));
  if (some.targets !== undefined) {
    return {
      kind: "rows",
      title: "Inputs, outputs and targets",
      note:
        "Above, samples that the model was given; below each, what it made of it and what it was to make, with the mean squared error " +
        "between the two.",
      rows: [
        { name: "input", ...firstSamples(some, some.count) },
        { name: "output", shape: data.shape, values: reconstructions },
        { name: "target", ...firstSamples(targetsOf(some), some.count) },
      ],
      captions,
    };
  }
  return {
    kind: "rows",
    title: "Originals and reconstructions",
    note: "Above, samples that the model was given; below, what it made of their codes, with the mean squared error.",
    rows: [
      { name: "original", ...firstSamples(some, some.count) },
      { name: "reconstruction", shape: data.shape, values: reconstructions },
    ],
    captions,
  };
}

/**
 * Codes in two dimensions, coloured by class: those that vary most, where a code has more. None where codes have fewer.
 *
 * @param conditional whether the model was told the classes.
 */
export async function codeMapExhibit(
  { data, encode }: Exhibition,
  { conditional = false }: { readonly conditional?: boolean } = {},
): Promise<readonly Exhibit[]> {
  const some = rows(data, 0, Math.min(MOST_POINTS, data.count));
  const codes = await encode(some);
  const size = codes.length / some.count;
  if (size < 2 || some.count < 3) return [];
  const { points, axes, note } = size === 2 ? asTheyAre(codes) : await projected(codes, size);
  const { labels, classNames } = some;
  return [
    {
      kind: "scatter",
      title: "The codes",
      note: labels === undefined ? note : `${note} ${conditional ? TOLD : UNTOLD}`,
      points,
      axes,
      ...(labels && { labels }),
      ...(classNames && { classNames }),
    },
  ];
}

/** What to look for in codes by class. */
const UNTOLD = "Classes that lie apart were told apart without any label.";
const TOLD =
  "The model is told the class, so its codes need not tell classes apart: mixed well, they hold what is not of the class.";

interface CodePoints {
  readonly points: Float32Array;
  readonly axes: readonly [string, string];
  readonly note: string;
}

function asTheyAre(codes: Float32Array): CodePoints {
  return {
    points: codes,
    axes: ["first number of the code", "second number"],
    note: "Each point is a sample at the two numbers of its code.",
  };
}

async function projected(codes: Float32Array, size: number): Promise<CodePoints> {
  const { mean, components, explainedVarianceRatio } = await principalComponents(dataset("codes", [size], codes), {
    components: 2,
  });
  const points = new Float32Array((codes.length / size) * 2);
  for (let point = 0; point < points.length; point++) {
    const [sample, axis] = [Math.floor(point / 2), point % 2];
    let sum = 0;
    for (let place = 0; place < size; place++) {
      const value = (codes[sample * size + place] as number) - (mean[place] as number);
      sum += value * (components[axis * size + place] as number);
    }
    points[point] = sum;
  }
  const share = Math.round(100 * explainedVarianceRatio.slice(0, 2).reduce((sum, ratio) => sum + ratio, 0));
  return {
    points,
    axes: ["first principal component of the code", "second"],
    note: `Each point is a sample, at the two directions of the code that vary most, which hold ${share} % of its variance.`,
  };
}

export interface UnitsOptions {
  readonly title: string;
  readonly note: string;
  /** What each unit stands for: one sample after the other, of a shape. */
  readonly shape: Shape;
  readonly values: Float32Array;
  readonly captions?: readonly string[];
}

/** Weights as pictures: zero is the middle grey, and all units share one range. */
export function unitsExhibit({ title, note, shape, values, captions }: UnitsOptions): GridExhibit & Exhibit {
  const size = sizeOf(shape);
  const shown = values.subarray(0, Math.min(MOST_UNITS, values.length / size) * size);
  const most = shown.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return {
    kind: "grid",
    title,
    note,
    samples: { shape, values: shown, range: [-most, most], areWeights: true },
    columns: IN_A_ROW,
    isList: true,
    ...(captions && { captions: captions.slice(0, shown.length / size) }),
  };
}

/** The columns of a dense kernel [inputs, units] as rows: what each unit weighs. */
export function unitWeights(kernel: Float32Array, units: number): Float32Array {
  const inputs = kernel.length / units;
  return Float32Array.from({ length: kernel.length }, (_, index) => {
    const [unit, place] = [Math.floor(index / inputs), index % inputs];
    return kernel[place * units + unit] as number;
  });
}
