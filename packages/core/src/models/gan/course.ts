import type { Logs } from "../../nn/logs.ts";

/** What is seen must have lasted for so many epochs. */
const LASTING = 3;
/** Compared is with this share of the training ago. */
const BEFORE = 1 / 3;
/** Smaller changes are none: by a factor, and in all. */
const FACTOR = 1.25;
const DIFFERENCE = 0.02;

/** How a figure has been in the last epochs, and how that is beside what it was. */
export interface Course {
  /** How many epochs are looked at. */
  readonly epochs: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** Of the whole training. */
  readonly highest: number;
  /** Beside a third of the training before. */
  readonly trend: "rising" | "steady" | "falling";
}

/** The course of a figure over the epochs in which it was measured; undefined while these are too few to say. */
export function courseOf(history: readonly Logs[], figure: string): Course | undefined {
  const values = history.flatMap((logs) => logs[figure] ?? []);
  const ago = Math.max(LASTING, Math.ceil(values.length * BEFORE));
  if (values.length < LASTING + ago) return undefined;
  const last = values.slice(-LASTING);
  const mean = meanOf(last);
  const before = meanOf(values.slice(-LASTING - ago, -ago));
  return {
    epochs: LASTING,
    least: Math.min(...last),
    most: Math.max(...last),
    mean,
    highest: Math.max(...values),
    trend: isMore(mean, before) ? "rising" : isMore(before, mean) ? "falling" : "steady",
  };
}

function isMore(value: number, than: number): boolean {
  return value > than * FACTOR && value > than + DIFFERENCE;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
