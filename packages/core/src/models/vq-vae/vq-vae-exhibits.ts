/** What there is to see of a vector-quantized autoencoder: how much of its codebook it uses, and what each code stands for. */
import { counted } from "../../data/counted.ts";
import { rows } from "../../data/dataset.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { codePatches } from "./code-patches.ts";

/** Samples that the use is counted with. */
const COUNTED = 2000;
/** Codes drawn: the most used ones. */
const DRAWN = 48;
const COLUMNS = 12;
/** Samples whose reconstructions are averaged around codes. */
const AVERAGED = 1000;

export async function vqVaeExhibits(
  exhibition: Exhibition,
  { codebook, map }: { readonly codebook: number; readonly map: Shape },
): Promise<readonly Exhibit[]> {
  const { data, encode } = exhibition;
  const some = rows(data, 0, Math.min(COUNTED, data.count));
  const codes = await encode(some);
  const shares = useOfCodes(codes, codebook);
  return [
    codebookFigures(shares, sizeOf(map)),
    useExhibit(shares),
    ...(await patchesExhibit(exhibition, shares, codes, map)),
  ];
}

/** Bits of the number of a code, from 0 to `numCodes` − 1. */
export function bitsOfCode(numCodes: number): number {
  return Math.ceil(Math.log2(numCodes));
}

/** The share of all places that each code has. */
export function useOfCodes(codes: Float32Array, numCodes: number): number[] {
  const counts = Array.from({ length: numCodes }, () => 0);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return counts.map((count) => count / codes.length);
}

function useExhibit(shares: readonly number[]): Exhibit {
  const used = shares.filter((share) => share > 0).length;
  return {
    kind: "bars",
    title: "Use of the codebook",
    note: `${used} of ${counted(shares.length, "code")} ${used === 1 ? "is" : "are"} in use. The bars are ordered; even ones would hold the most.`,
    values: shares.toSorted((a, b) => b - a),
    axis: "share of all places",
    bars: "code, the most used first",
  };
}

function codebookFigures(shares: readonly number[], places: number): Exhibit {
  const used = shares.filter((share) => share > 0);
  const bits = bitsOfCode(shares.length);
  return {
    kind: "figures",
    title: "The codebook in figures",
    note: "A sample is kept as the numbers of its codes and nothing else.",
    figures: [
      { name: "codes in use", value: used.length, meaning: `of ${shares.length}` },
      {
        name: "perplexity",
        value: Math.exp(-used.reduce((sum, share) => sum + share * Math.log(share), 0)),
        meaning: "codes effectively in use: as many, all used alike, would hold as much",
      },
      { name: "codes of a sample", value: places },
      { name: "bits of a sample", value: places * bits, meaning: `${bits} for each code` },
    ],
  };
}

/** What lies around the places that have each code. Codes of fully connected halves mean something else at each place. */
async function patchesExhibit(
  { data, decode }: Exhibition,
  shares: readonly number[],
  codes: Float32Array,
  map: Shape,
): Promise<readonly Exhibit[]> {
  if (map.length !== 2 || data.shape.length !== 3) return [];
  const byUse = [...shares.entries()].filter(([, share]) => share > 0).toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
  const shown = byUse.slice(0, DRAWN).map(([code]) => code);
  const some = codes.subarray(0, Math.min(data.count, AVERAGED) * sizeOf(map));
  const { shape, values } = codePatches({ shape: data.shape, images: await decode(some), map, codes: some }, shown);
  return [
    {
      kind: "grid",
      title: "What each code stands for",
      note:
        "The mean of the reconstructions around the places that have a code, the most used code first: its own place in the middle, and one " +
        "place more on each side. An edge that is black beside all of a code's pictures lies outside of the samples.",
      samples: { shape, values },
      columns: COLUMNS,
      captions: shown.map(String),
    },
  ];
}
