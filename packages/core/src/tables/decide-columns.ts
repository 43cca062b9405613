import { completeChoices } from "./complete-choices.ts";
import { decideCategory } from "./decide-category.ts";
import { decideDate } from "./decide-date.ts";
import { decideNumber, numberColumn } from "./decide-number.ts";
import { decideText } from "./decide-text.ts";
import { leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision, DecisionNote } from "./decision.ts";
import { joinNotes, type JoinedTexts } from "./join-notes.ts";
import type { ColumnRole, TablePreprocessing } from "./preprocessing.ts";
import type { ColumnStatistics } from "./statistics.ts";
import type { TableChoices } from "./table-choices.ts";
import { TableError } from "./table-error.ts";

/** How many columns an error names. */
const MOST_NAMED = 5;

/**
 * Decides what becomes of each column of a table: a number, a category, a date, or nothing, with the reason in plain words. A
 * user's choice goes before what the statistics say.
 *
 * @param statistics of the rows to train on, a column each: `collectStatistics`, or a database, gives them.
 * @throws TableError when choices do not fit the table, or no column is left.
 * @example
 * const preprocessing = decideColumns(collectStatistics(columns, { rows: training }), { roles: { zip: "category" } });
 * const encoder = new TableEncoder(preprocessing);
 */
export function decideColumns(statistics: readonly ColumnStatistics[], choices: TableChoices = {}): TablePreprocessing {
  const complete = completeChoices(choices, statistics);
  const roles = new Map(Object.entries(choices.roles ?? {}));
  const decisions = statistics.map((column): Decision => {
    const { name, count, missing } = column;
    const role = roles.get(name);
    if (name === choices.label) return leaveOut(name, "label", "it is the label");
    if (role === "ignore") return leaveOut(name, "chosen", "as you asked");
    if (count === missing) return leaveOut(name, "empty", "it has no values");
    return role === undefined ? decideByType(column, complete) : decideByRole(column, role, complete);
  });
  const columns = decisions.flatMap((decision) => ("column" in decision ? [decision.column] : []));
  const leftOut = decisions.flatMap((decision) => ("leftOut" in decision ? [decision.leftOut] : []));
  if (columns.length === 0) {
    const notes = leftOut.slice(0, MOST_NAMED).map(({ note }) => note);
    throw new TableError(`the table has no column left to learn from: ${notes.join("; ")}`);
  }
  const notes = decisions.flatMap((decision) => ("column" in decision ? (decision.note ?? []) : []));
  return { version: 1, scaling: complete.scaling, columns, leftOut, notes: joinNotes(notes, SEVERAL) };
}

const SEVERAL: JoinedTexts<DecisionNote["kind"]> = {
  shared: (columns) =>
    `${columns} have more categories than are learned one by one: the most frequent ones of each have features of their own, the others ` +
    "share some, by their hashes",
  named: (columns) =>
    `${columns} are taken as numbers, though their names sound like identifiers; where larger does not mean more, give them the role ` +
    '"category" or "ignore"',
};

function decideByType(column: ColumnStatistics, choices: CompleteChoices): Decision {
  if (column.type === "number") return decideNumber(column, choices);
  return column.type === "date" ? decideDate(column, choices) : decideText(column, choices);
}

function decideByRole(column: ColumnStatistics, role: ColumnRole, choices: CompleteChoices): Decision {
  if (role === "category") return decideCategory(column, choices);
  if (role === "number" && column.type === "number") return numberColumn(column, choices);
  if (role === "date" && column.type === "date") return decideDate(column, choices);
  const example = column.frequent?.[0];
  throw new TableError(
    `column "${column.name}" is to be a ${role}, and it holds ${column.type === "text" ? "text" : `${column.type}s`}` +
      `${example === undefined ? "" : `, such as "${example.value}"`}; have it read as ${role}s, or leave its role open`,
  );
}
