/** What there is to see of a variational autoencoder, beside its reconstructions. */
import { rows } from "../../data/dataset.ts";
import type { Node } from "../../graph/node.ts";
import { normalQuantile } from "../../nn/random/normal-quantile.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { codeMapExhibit } from "../exhibits.ts";
import { interpolationExhibit } from "../parts/interpolation-exhibit.ts";
import { sampleExhibit } from "../parts/sample-exhibit.ts";
import { divergenceOfEach } from "./vae-terms.ts";
import type { VaeHalves } from "./vae-halves.ts";

/** Side of the grid of decoded codes. */
const GRID = 12;
/** Samples that the divergence is measured with. */
const MEASURED = 2000;
/** Below so many nats, a number of the code says nothing of the sample. */
const INACTIVE = 0.01;

export async function vaeExhibits(
  exhibition: Exhibition,
  halves: VaeHalves,
  { code, conditional }: { readonly code: number; readonly conditional: boolean },
): Promise<readonly Exhibit[]> {
  return [
    await sampleExhibit(exhibition, { conditional }),
    ...(await interpolationExhibit(exhibition, { conditional })),
    ...(code === 2 ? [await latentGrid(exhibition, conditional)] : []),
    ...(await codeMapExhibit(exhibition)),
    await divergenceExhibit(exhibition, halves),
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
    title: "The plane of codes",
    note:
      "What the decoder makes of codes at quantiles of the normal distribution, so that each picture stands for an equal share of " +
      `all samples. Neighbours are alike.${conditional ? ` All are of the class ${name}.` : ""}`,
    samples: {
      shape: data.shape,
      values: await decode(codes, conditional ? new Uint8Array(GRID * GRID) : undefined),
    },
    columns: GRID,
  };
}

/** How many nats each number of the code holds, on average. */
async function divergenceExhibit({ data, compute }: Exhibition, { posterior }: VaeHalves): Promise<Exhibit> {
  const some = rows(data, 0, Math.min(MEASURED, data.count));
  const [divergences] = await compute(some, ({ inputs, call }) => {
    const [mean, logVariance] = call(posterior, ...inputs) as [Node, Node];
    return [divergenceOfEach(mean, logVariance)];
  });
  const values = meanOfColumns(divergences as Float32Array, some.count);
  const active = values.filter((value) => value >= INACTIVE).length;
  return {
    kind: "bars",
    title: "What each number of the code holds",
    note:
      `The mean divergence of each number of the code from the prior. ${active} of ${values.length} are in use; one of less than ` +
      `${INACTIVE} nats says nothing of the sample, and the decoder does not look at it.`,
    values,
    axis: "divergence in nats",
  };
}

function meanOfColumns(values: Float32Array, count: number): number[] {
  const size = values.length / count;
  return Array.from({ length: size }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += values[row * size + column] as number;
    return sum / count;
  });
}
