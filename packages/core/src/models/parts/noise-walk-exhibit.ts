import { sizeOf } from "../../graph/tensor-type.ts";
import { RandomBits } from "../../nn/random/random-bits.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { areImages } from "../exhibits.ts";
import { normalCodes } from "./normal-codes.ts";

/** Ways of a model without classes, and the most of one with them, which has one for each. */
const WAYS = 5;
const MOST_WAYS = 10;
const STEPS = 12;
/** Apart from the codes of the samples that are drawn with the same seed. */
const STREAM = 1;

/**
 * Ways from one drawn code to another, on the sphere that both lie on: normal codes of many numbers are all about as long, and those on
 * the straight line between them are shorter than any that the decoder was trained with. None where samples are no images, which are
 * hard to follow in charts.
 *
 * @param numClasses of a conditional model, of which each row is of another class; 0 for others.
 */
export async function noiseWalkExhibit(
  { data, seed, decode }: Pick<Exhibition, "data" | "seed" | "decode">,
  { code, numClasses = 0 }: { readonly code: number; readonly numClasses?: number },
): Promise<readonly Exhibit[]> {
  if (!areImages(data.shape)) return [];
  const ways = numClasses === 0 ? WAYS : Math.min(numClasses, MOST_WAYS);
  const ends = normalCodes(code)(2 * ways, new RandomBits(seed, STREAM));
  const codes = new Float32Array(ways * STEPS * code);
  for (let way = 0; way < ways; way++) {
    const from = ends.subarray(2 * way * code, (2 * way + 1) * code);
    const to = ends.subarray((2 * way + 1) * code, (2 * way + 2) * code);
    for (let step = 0; step < STEPS; step++) {
      codes.set(sphericalMean(from, to, step / (STEPS - 1)), (way * STEPS + step) * code);
    }
  }
  const labels = Uint8Array.from({ length: ways * STEPS }, (_, index) => Math.floor(index / STEPS));
  const values = await decode(codes, numClasses === 0 ? undefined : labels);
  const rowSize = STEPS * sizeOf(data.shape);
  return [
    {
      kind: "rows",
      isReadAlong: true,
      title: "From one drawn code to another",
      note:
        "Each row begins and ends with a sample of its own, and goes from one to the other in small steps. Where the model has " +
        "learned what the data are like, all that lies between looks real, too.",
      rows: Array.from({ length: ways }, (_, way) => ({
        name: numClasses === 0 ? String(way + 1) : (data.classNames?.[way] ?? String(way)),
        shape: data.shape,
        values: values.subarray(way * rowSize, (way + 1) * rowSize),
      })),
    },
  ];
}

/** (sin((1 − t)·ω)·a + sin(t·ω)·b) / sin ω, with ω the angle between a and b; the straight line where they are parallel. */
export function sphericalMean(a: Float32Array, b: Float32Array, t: number): Float32Array {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  const [ofA, ofB] = sine < 1e-6 ? [1 - t, t] : [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine];
  return a.map((value, index) => ofA * value + ofB * (b[index] as number));
}
