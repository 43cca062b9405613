/** The column that says what each row is: as the user says, or a guess. */
import type { tables } from "@sandglass/core";
import type { TableProfile } from "../../tables/index.ts";

export interface FoundLabel {
  readonly name: string;
  readonly isGuess: boolean;
  /** Whether a training should be told of it. Other guesses are only mentioned. */
  readonly isLikely: boolean;
  /** What the guess is made of. */
  readonly reason?: string | undefined;
  /** The most frequent first; empty where they are too many to be classes. */
  readonly classes: readonly tables.Frequency[];
  /** Rows without a label. */
  readonly missing: number;
}

const MOST_CLASSES = 100;

/** @param chosen the user's choice. */
export function findLabel(
  { columns, labelGuess }: Pick<TableProfile, "columns" | "labelGuess">,
  chosen: string | undefined,
): FoundLabel | undefined {
  const name = chosen ?? labelGuess?.name;
  const statistics = columns.find((column) => column.statistics.name === name)?.statistics;
  if (name === undefined || statistics === undefined) return undefined;
  const { distinct, frequent = [], missing } = statistics;
  const isGuess = chosen === undefined;
  return {
    name,
    isGuess,
    isLikely: !isGuess || labelGuess?.isNamed === true || distinct === 2,
    ...(isGuess && { reason: labelGuess?.reason }),
    classes: distinct <= MOST_CLASSES ? frequent : [],
    missing,
  };
}
