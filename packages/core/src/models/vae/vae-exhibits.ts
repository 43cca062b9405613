/** What there is to see of a variational autoencoder, beside its reconstructions. */
import { counted } from "../../data/counted.ts";
import { rows } from "../../data/dataset.ts";
import type { Node } from "../../graph/node.ts";
import { add, exp, mul } from "../../ops/elementwise.ts";
import { normalQuantile } from "../../nn/random/normal-quantile.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { areImages, codeMapExhibit } from "../exhibits.ts";
import { interpolationExhibit } from "../parts/interpolation-exhibit.ts";
import { priorExhibit } from "../parts/prior-exhibit.ts";
import { sampleExhibit } from "../parts/sample-exhibit.ts";
import { codeInformation } from "./code-information.ts";
import type { CodeInformation } from "./code-information.ts";
import type { VaeHalves } from "./vae-halves.ts";

/** Side of the grid of decoded codes. */
const GRID = 12;
/** Samples whose codes are drawn and measured. */
const MEASURED = 2000;
/** Below so many nats, a number of the code says nothing of the sample. */
const INACTIVE = 0.01;

export async function vaeExhibits(
  exhibition: Exhibition,
  halves: VaeHalves,
  { code, conditional }: { readonly code: number; readonly conditional: boolean },
): Promise<readonly Exhibit[]> {
  const drawn = await drawCodes(exhibition, halves, code);
  const { codes, information } = drawn;
  return [
    await sampleExhibit(exhibition, { conditional }),
    ...(await interpolationExhibit(exhibition, { conditional })),
    ...(code === 2 && areImages(exhibition.data.shape) ? [await latentGrid(exhibition, conditional)] : []),
    ...(await codeMapExhibit(exhibition, { conditional })),
    ...priorExhibit({
      codes,
      size: code,
      places: fullest(information),
      remark:
        "Codes are drawn here from the distributions of samples, as in the training; these two numbers hold most.",
      seed: exhibition.seed,
    }),
    informationExhibit(drawn),
  ];
}

/** The decodings of codes at evenly likely places of the plane: quantiles of the normal distribution along both axes. */
async function latentGrid({ data, decode }: Exhibition, conditional: boolean): Promise<Exhibit> {
  const places = Float64Array.from({ length: GRID }, (_, index) => normalQuantile((index + 0.5) / GRID));
  const codes = Float32Array.from({ length: GRID * GRID * 2 }, (_, index) => {
    const [row, column] = [Math.floor(index / 2 / GRID), Math.floor(index / 2) % GRID];
    // Upwards, as axes are drawn.
    return (index % 2 === 0 ? places[column] : places[GRID - 1 - row]) as number;
  });
  const name = data.classNames?.[0] ?? "0";
  return {
    kind: "grid",
    title: conditional ? `The plane of codes: ${name}` : "The plane of codes",
    note:
      "What the decoder makes of codes: the first number grows from left to right, the second upwards, at quantiles of the normal " +
      `distribution, so that each picture stands for an equal share of the prior. Neighbours are alike.${
        conditional ? ` All are drawn as the class ${name}.` : ""
      }`,
    samples: {
      shape: data.shape,
      values: await decode(codes, conditional ? new Uint8Array(GRID * GRID) : undefined),
    },
    columns: GRID,
  };
}

/** Codes of samples as they are drawn in training, with their distributions. */
interface DrawnCodes {
  /** Numbers of a code. */
  readonly size: number;
  readonly codes: Float32Array;
  readonly information: CodeInformation;
}

async function drawCodes({ data, compute }: Exhibition, { posterior }: VaeHalves, size: number): Promise<DrawnCodes> {
  const some = rows(data, 0, Math.min(MEASURED, data.count));
  const [codes, mean, logVariance] = (await compute(some, ({ inputs, call, normal }) => {
    const [mu, log] = call(posterior, ...inputs) as [Node, Node];
    return [add(mu, mul(exp(mul(log, 0.5)), normal(mu.type.shape))), mu, log];
  })) as [Float32Array, Float32Array, Float32Array];
  return { size, codes, information: codeInformation(mean, logVariance, size) };
}

/** The two numbers that hold most, in their own order: others look like the prior whatever the model has learned. */
function fullest({ held }: CodeInformation): [number, number] {
  const [a = 0, b = 1] = [...held.keys()].toSorted((x, y) => (held[y] as number) - (held[x] as number));
  return [Math.min(a, b), Math.max(a, b)];
}

/** How many nats each number of the code holds, on average. */
function informationExhibit({ information: { held, offset } }: DrawnCodes): Exhibit {
  const active = held.filter((value) => value >= INACTIVE).length;
  const off = offset.reduce((sum, value) => sum + value, 0);
  return {
    kind: "bars",
    title: "What each number of the code holds",
    note:
      `How much the distributions of codes differ from one sample to another. ${active} of ${counted(held.length, "number")} ${active === 1 ? "is" : "are"} in use; one of ` +
      `less than ${INACTIVE} nats says nothing of the sample, and the decoder does not look at it. By another ${off.toPrecision(2)} ` +
      "nats the codes of all samples together lie off the prior, which is the rest of the divergence.",
    values: held,
    axis: "nats of a sample",
    bars: "number of the code, counted from 0",
  };
}
