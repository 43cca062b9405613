import { rows } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";

const WAYS = 4;
const STEPS = 12;

/** Ways from one sample to another: the decodings of codes on the line between theirs. None where there are fewer than two samples. */
export async function interpolationExhibit(
  { data, encode, decode }: Exhibition,
  { conditional = false }: { readonly conditional?: boolean } = {},
): Promise<readonly Exhibit[]> {
  const ways = Math.min(WAYS, Math.floor(data.count / 2));
  if (ways === 0) return [];
  const ends = rows(data, 0, 2 * ways);
  const codes = await encode(ends);
  const size = codes.length / ends.count;
  const between = Float32Array.from({ length: ways * STEPS * size }, (_, index) => {
    const [place, point] = [index % size, Math.floor(index / size)];
    const [way, share] = [Math.floor(point / STEPS), (point % STEPS) / (STEPS - 1)];
    const [from, to] = [2 * way, 2 * way + 1].map((end) => codes[end * size + place] as number) as [number, number];
    return from + share * (to - from);
  });
  const classes = Uint8Array.from(
    { length: ways * STEPS },
    (_, point) => ends.labels?.[2 * Math.floor(point / STEPS)] ?? 0,
  );
  const values = await decode(between, conditional ? classes : undefined);
  const rowSize = STEPS * sizeOf(data.shape);
  return [
    {
      kind: "rows",
      title: "From one sample to another",
      note: `Each row begins and ends with the reconstruction of a sample; between them are the decodings of codes on the straight line.${
        conditional ? " All of a row are of the class of the first." : ""
      }`,
      rows: Array.from({ length: ways }, (_, way) => ({
        name: `${2 * way + 1} to ${2 * way + 2}`,
        shape: data.shape,
        values: values.subarray(way * rowSize, (way + 1) * rowSize),
      })),
    },
  ];
}
