import { joinNotes, type JoinedTexts } from "./join-notes.ts";
import type { LeaveOutReason, TablePreprocessing } from "./preprocessing.ts";

const SEVERAL: JoinedTexts<LeaveOutReason> = {
  chosen: (columns) => `${columns} are left out: as you asked`,
  empty: (columns) => `${columns} are left out: they have no values`,
  constant: (columns) => `${columns} are left out: all values of each are the same`,
  identifier: (columns) =>
    `${columns} are left out: their values are all different, and seem to name or number the rows; to keep one, give it a role`,
  text: (columns) =>
    `${columns} are left out: they hold free text, or too many different values to be categories; to keep one, give it the role "category"`,
  range: (columns) => `${columns} are left out: their numbers are too far apart to be scaled; take their logarithms`,
};

/** What the user should know of how the columns of a table become features, in plain words: those that are left out first. */
export function preprocessingNotes({ leftOut, notes }: TablePreprocessing): readonly string[] {
  return [
    ...joinNotes(
      leftOut.map(({ reason, name, note }) => ({ kind: reason, column: name, text: note })),
      SEVERAL,
    ),
    ...notes,
  ];
}
