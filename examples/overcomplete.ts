/**
 * A code with more units than the samples have values: without a penalty the autoencoder learns to copy its input, a sparse one does
 * not. The figure that shows it: how much of the variance comes back of pieces of clothing, and how much of the same pieces
 * scrambled, whose every value comes from another piece. A copier gives back both.
 */

import { dataset, models, wardrobe } from "sandglass";
import type { Dataset, Exhibit } from "sandglass";
import { budgetOf } from "./command-line.ts";
import type { Budget } from "./command-line.ts";

const SIDE = 8;
/** Four units for each value. */
const UNITS = 4 * SIDE * SIDE;

const PENALTIES = {
  none: { penalty: "none" },
  l1: { penalty: "l1", penaltyWeight: 0.002 },
  kl: { penalty: "kl", penaltyWeight: 0.005, targetActivity: 0.05 },
} as const;
type Penalty = (typeof PENALTIES)[keyof typeof PENALTIES];

/** What is found of each model, as shares from 0 to 1. */
export interface Findings {
  /** How much comes back of pieces that the model has not seen. */
  readonly pieces: number;
  /** How much comes back of scrambled pieces. */
  readonly scrambled: number;
  /** How many of the units are active for a piece. */
  readonly activeUnits: number;
}

/** All pieces of 8×8 pixels that show something: an edge, a fold, a pattern. */
function piecesOf(images: Uint8Array, count: number): Dataset {
  const pieces: number[] = [];
  for (let image = 0; image < count; image++) {
    for (let top = 2; top + SIDE <= 26; top += SIDE) {
      for (let left = 2; left + SIDE <= 26; left += SIDE) {
        const piece = Array.from({ length: SIDE * SIDE }, (_, place) => {
          const [row, column] = [top + Math.floor(place / SIDE), left + (place % SIDE)];
          return images[(image * 28 + row) * 28 + column] ?? 0;
        });
        if (Math.max(...piece) - Math.min(...piece) > 64) pieces.push(...piece);
      }
    }
  }
  return dataset("pieces", [SIDE, SIDE, 1], Uint8Array.from(pieces));
}

/** Trains a copier and two sparse autoencoders, and says what comes back of what. */
export async function main({ epochs, images }: Budget): Promise<Record<keyof typeof PENALTIES, Findings>> {
  const data = piecesOf(wardrobe({ count: images, seed: 1 }).images, images);
  const unseen = piecesOf(wardrobe({ count: 200, seed: 2 }).images, 200);
  const findingsOf = async (penalty: Penalty): Promise<Findings> => {
    const model = models.sparse({ code: UNITS, layers: 1, loss: "mse", outputActivation: "linear", ...penalty });
    await model.fit(data, { epochs, batchSize: 64, learningRate: 0.003, verbose: 2 });
    const exhibits = await model.exhibits(unseen);
    await model.dispose();
    return {
      pieces: figureOf(exhibits, "Scrambled samples in figures", "samples"),
      scrambled: figureOf(exhibits, "Scrambled samples in figures", "scrambled samples"),
      activeUnits: figureOf(exhibits, "Active units", "active for a sample") / UNITS,
    };
  };
  const findings = {
    none: await findingsOf(PENALTIES.none),
    l1: await findingsOf(PENALTIES.l1),
    kl: await findingsOf(PENALTIES.kl),
  };
  console.table(findings);
  return findings;
}

/** A figure of those that the report of a model shows. */
function figureOf(exhibits: readonly Exhibit[], title: string, name: string): number {
  const found = exhibits.find((exhibit) => exhibit.title === title);
  const figures = found?.kind === "figures" ? found.figures : [];
  const value = figures.find((figure) => figure.name === name)?.value ?? Number.NaN;
  return Math.round(1000 * value) / 1000;
}

if (import.meta.main) await main(budgetOf({ epochs: 15, images: 1500 }));
