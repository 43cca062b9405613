/** What is decided of one column. */
import type { ColumnNote } from "./join-notes.ts";
import type { ColumnPreprocessing, LeaveOutReason, LeftOutColumn, Scaling } from "./preprocessing.ts";

/** A user's choices, with defaults for those left open. */
export interface CompleteChoices {
  readonly scaling: Scaling;
  readonly maxCategories: number;
  readonly buckets: number;
  readonly rareBelow: number;
}

export type Decision =
  | { readonly column: ColumnPreprocessing; readonly note?: DecisionNote | undefined }
  | { readonly leftOut: LeftOutColumn };

/** That categories share features; that numbers are called like an identifier. */
export type DecisionNote = ColumnNote<"shared" | "named">;

/** @param why the rest of the sentence `column "id" is left out: …`. */
export function leaveOut(name: string, reason: LeaveOutReason, why: string): Decision {
  return { leftOut: { name, reason, note: `column "${name}" is left out: ${why}` } };
}

/** `12,345`, as notes have it. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
