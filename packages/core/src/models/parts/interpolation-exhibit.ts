import { rows } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { areImages } from "../exhibits.ts";

const WAYS = 4;
const STEPS = 12;

/**
 * Ways from one sample to another: the decodings of codes on the line between theirs. None where there are fewer than two samples, or
 * samples are no images, which are hard to follow in charts.
 */
export async function interpolationExhibit(
  { data, encode, decode }: Exhibition,
  { conditional = false }: { readonly conditional?: boolean } = {},
): Promise<readonly Exhibit[]> {
  const ways = Math.min(WAYS, Math.floor(data.count / 2));
  if (ways === 0 || !areImages(data.shape)) return [];
  const ends = rows(data, 0, 2 * ways);
  const codes = await encode(ends);
  const size = codes.length / ends.count;
  const between = Float32Array.from({ length: ways * STEPS * size }, (_, index) => {
    const [place, point] = [index % size, Math.floor(index / size)];
    const [way, share] = [Math.floor(point / STEPS), (point % STEPS) / (STEPS - 1)];
    const [from, to] = [2 * way, 2 * way + 1].map((end) => codes[end * size + place] as number) as [number, number];
    return from + share * (to - from);
  });
  const classOf = (way: number): number => ends.labels?.[2 * way] ?? 0;
  const classes = Uint8Array.from({ length: ways * STEPS }, (_, point) => classOf(Math.floor(point / STEPS)));
  const values = await decode(between, conditional ? classes : undefined);
  const rowSize = STEPS * sizeOf(data.shape);
  return [
    {
      kind: "rows",
      isReadAlong: true,
      title: "From one sample to another",
      note: conditional
        ? "Each row begins with the reconstruction of a sample and goes straight to the code of another. All of a row are drawn as the " +
          "class at the left, that of the first."
        : "Each row begins and ends with the reconstruction of a sample; between them are the decodings of codes on the straight line.",
      rows: Array.from({ length: ways }, (_, way) => ({
        name: conditional
          ? (data.classNames?.[classOf(way)] ?? `class ${classOf(way)}`)
          : `${2 * way + 1} to ${2 * way + 2}`,
        shape: data.shape,
        values: values.subarray(way * rowSize, (way + 1) * rowSize),
      })),
    },
  ];
}
