import { rows } from "../../data/dataset.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { normalCodes } from "../parts/normal-codes.ts";

const POINTS = 1500;
/** Apart from the codes of the samples that are drawn with the same seed. */
const STREAM = 2;

/** Codes of samples among numbers drawn from the prior, which they should be spread like. None for codes of one number. */
export async function priorExhibits({ data, seed, encode }: Exhibition): Promise<readonly Exhibit[]> {
  const some = rows(data, 0, Math.min(POINTS, data.count));
  const codes = await encode(some);
  const size = codes.length / some.count;
  if (size < 2) return [];
  const drawn = normalCodes(2)(some.count, new RandomBits(seed, STREAM));
  const points = new Float32Array(4 * some.count);
  for (let index = 0; index < some.count; index++) {
    points.set(codes.subarray(index * size, index * size + 2), 2 * index);
  }
  points.set(drawn, 2 * some.count);
  const labels = Uint8Array.from({ length: 2 * some.count }, (_, index) => (index < some.count ? 0 : 1));
  return [
    {
      kind: "scatter",
      title: "Codes and the prior",
      note:
        "The first two numbers of the codes of samples, among as many points drawn from the prior. Where points of the prior have no " +
        "codes around them, the decoder was never trained, and what is drawn there looks like nothing.",
      points,
      axes: ["first number of the code", "second number"],
      labels,
      classNames: ["code of a sample", "drawn from the prior"],
    },
  ];
}
