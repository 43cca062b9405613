/** What a study is made of, and which part of it is still to be done. */
import type { Machine } from "../machine.ts";
import { ways } from "./ways.ts";

/** One training. */
export interface CellKey {
  readonly way: string;
  /** Of each class. */
  readonly labels: number;
  /** Chooses the labelled samples and the first weights. */
  readonly seed: number;
}

export interface Cell extends CellKey {
  /** Share of the judged samples. */
  readonly accuracy: number;
  readonly seconds: number;
}

export interface Study {
  readonly name: string;
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  /** How the encoder was trained. */
  readonly encoder: string;
  /** Of a whole classifier. */
  readonly parameters: number;
  readonly judgedBy: string;
  readonly labelsPerClass: readonly number[];
  readonly cells: readonly Cell[];
}

/** The trainings that are still to be done, the short ones first. Seeds count from 1. */
export function cellsFor(labelsPerClass: readonly number[], seeds: number, done: readonly CellKey[]): CellKey[] {
  const known = new Set(done.map(nameOf));
  return labelsPerClass
    .flatMap((labels) =>
      Array.from({ length: seeds }, (_, index) => ways.map(({ id }) => ({ way: id, labels, seed: index + 1 }))).flat(),
    )
    .filter((cell) => !known.has(nameOf(cell)));
}

function nameOf({ way, labels, seed }: CellKey): string {
  return `${way} ${labels} ${seed}`;
}
