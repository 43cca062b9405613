/**
 * The 8-3-8 problem of Rumelhart, Hinton and Williams (1986): eight words, each a single 1 among eight numbers, go through a code of three
 * units. Eight words need three bits, and the units come near to writing just those.
 */

import { parseArgs } from "node:util";
import { models } from "sandglass";

const WORDS = 8;

/** How many of the eight words come back, for each seed. */
export async function main({ epochs, seeds }: { readonly epochs: number; readonly seeds: number }): Promise<number[]> {
  const data = Float32Array.from({ length: WORDS * WORDS }, (_, index) => (index % (WORDS + 1) === 0 ? 1 : 0));
  const words = { data, shape: [WORDS] };
  const results: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const model = models.vanilla({ code: 3, activation: "sigmoid", seed });
    await model.fit(words, { epochs, batchSize: WORDS, learningRate: 0.05 });
    const [codes, restored] = [await model.encode(words), await model.reconstruct(words)];
    if (seed === 0) console.table(Object.fromEntries(rowsOf(codes, 3).map((code, word) => [word, describe(code)])));
    results.push(rowsOf(restored, WORDS).filter((row, word) => row.indexOf(Math.max(...row)) === word).length);
    await model.dispose();
  }
  console.log(`words that came back, of ${WORDS}: ${results.join(", ")}`);
  return results;
}

function rowsOf(values: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: values.length / size }, (_, row) => values.subarray(row * size, (row + 1) * size));
}

/** The code's three numbers, and what they are nearer to, 0 or 1. */
function describe(code: Float32Array): { readonly code: string; readonly bits: string } {
  return {
    code: [...code].map((value) => value.toFixed(2)).join(" "),
    bits: [...code].map((value) => Math.round(value)).join(""),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seeds: { type: "string", default: "10" } } });
  await main({ epochs: 2000, seeds: Number(values.seeds) });
}
