import { RandomBits } from "../../nn/random/random-bits.ts";
import type { Exhibit } from "../exhibit.ts";
import { normalCodes } from "./normal-codes.ts";

/** Apart from the codes of the samples that are drawn with the same seed. */
const STREAM = 2;
const ORDINALS = ["first", "second", "third"];

export interface PriorExhibitOptions {
  /** Codes of samples, one after the other. */
  readonly codes: Float32Array;
  /** Numbers of a code. */
  readonly size: number;
  /** Those that are shown, counted from 0; the first two unless given. */
  readonly places?: readonly [x: number, y: number];
  /** What is to know of these codes. */
  readonly remark?: string;
  /** Decides which points of the prior are drawn. */
  readonly seed: number;
}

/** Two numbers of codes of samples among points drawn from the prior, which they should be spread like. None for codes of one number. */
export function priorExhibit({ codes, size, places = [0, 1], remark, seed }: PriorExhibitOptions): readonly Exhibit[] {
  if (size < 2) return [];
  const count = codes.length / size;
  const points = new Float32Array(4 * count);
  for (let index = 0; index < count; index++) {
    points.set(
      places.map((place) => codes[index * size + place] as number),
      2 * index,
    );
  }
  points.set(normalCodes(2)(count, new RandomBits(seed, STREAM)), 2 * count);
  const [x, y] = places.map(ordinal) as [string, string];
  return [
    {
      kind: "scatter",
      title: "Codes and the prior",
      note:
        `The ${x} and the ${y} number of the codes of samples, among as many points drawn from the prior. Where points of the prior ` +
        `have no codes around them, the decoder was never trained, and what is drawn there looks like nothing.${
          remark === undefined ? "" : ` ${remark}`
        }`,
      points,
      axes: [`${x} number of the code`, `${y} number`],
      labels: Uint8Array.from({ length: 2 * count }, (_, index) => (index < count ? 0 : 1)),
      classNames: ["code of a sample", "drawn from the prior"],
    },
  ];
}

function ordinal(place: number): string {
  return ORDINALS[place] ?? `${place + 1}th`;
}
