/** What there is to see of principal components. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { unitsExhibit } from "../exhibits.ts";

/** The mean sample, and what each number of the code adds to it. */
export function componentsExhibit(shape: Shape, synthesis: Layer): readonly Exhibit[] {
  const [kernel = new Float32Array(), mean = new Float32Array()] = synthesis.getWeights();
  const low = mean.reduce((least, value) => Math.min(least, value), 0);
  const high = mean.reduce((most, value) => Math.max(most, value), low + 1e-6);
  return [
    {
      kind: "grid",
      title: "The mean sample",
      note: "What a code of zeros stands for.",
      samples: { shape, values: mean, range: [low, high] },
      columns: 1,
    },
    unitsExhibit({
      title: "The components",
      note: "What each number of the code adds to the mean sample, the one of the greatest variance first.",
      shape,
      values: kernel,
    }),
  ];
}

/** How much of the variance of samples each number of their code holds. */
export async function varianceExhibit({ data, encode }: Exhibition): Promise<Exhibit> {
  const codes = await encode(data);
  const size = codes.length / data.count;
  const variances = variancesOf(codes, size);
  const { scale } = data;
  const values = Float32Array.from(data.values, (value) => value * scale);
  const total = variancesOf(values, values.length / data.count).reduce((sum, value) => sum + value, 0);
  const shares = [...variances].map((variance) => (total === 0 ? 0 : variance / total));
  const kept = shares.reduce((sum, share) => sum + share, 0);
  return {
    kind: "bars",
    title: "Variance by component",
    note: `The ${size === 1 ? "single number of the code holds" : `${size} numbers of the code hold`} ${Math.round(100 * kept)} % of the variance of these samples.`,
    values: shares,
    axis: "share of the variance",
  };
}

function variancesOf(values: Float32Array, size: number): Float64Array {
  const count = values.length / size;
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  for (const [index, value] of values.entries()) {
    const place = index % size;
    sums[place] = (sums[place] as number) + value;
    squares[place] = (squares[place] as number) + value * value;
  }
  return sums.map((sum, place) => (squares[place] as number) / count - (sum / count) ** 2);
}
