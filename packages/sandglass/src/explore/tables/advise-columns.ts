/** Advice on what columns are, and on what is missing in them. */
import { counted, type tables } from "@sandglass/core";
import { FEWEST_ROWS } from "../../tables/index.ts";
import { typeItem } from "../../text/column-lists.ts";
import { formatCount, formatShare } from "../../text/number-format.ts";
import { quotedWord } from "../../text/shell-words.ts";
import { nearlyEmpty, nearlyNumbers } from "./advised-choices.ts";
import { missingShare } from "./findings.ts";
import { formatValue, listed } from "./format-cell.ts";
import type { Rule } from "./rule.ts";

/** From this share of missing values on a column is mentioned. */
const MANY_MISSING = 0.3;

/** Columns that are missing together in fewer rows are no matter. */
const FEWEST_TOGETHER = 10;

const readAsNumbers: Rule = (findings) => {
  const found = nearlyNumbers(findings);
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    weight: "notable",
    text: `Have ${found.length === 1 ? "it" : "them"} read as numbers (--types ${quotedWord(typeItem(first.column, "number"))}), so that the others count as missing; or mend those.`,
    reason: `${listed(found.map(({ column }) => column))} ${found.length === 1 ? "holds" : "hold"} numbers but for ${describeTexts(first)}.`,
  };
};

const mixed: Rule = (findings) => {
  const numbers = new Set(nearlyNumbers(findings));
  const found = findings.mixed.filter((column) => !numbers.has(column));
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    weight: "notable",
    text: "Divide such a column into two, one with the numbers and one with the words; as it is, each number is a word like any other.",
    reason:
      `${listed(found.map(({ column }) => column))} ${found.length === 1 ? "holds" : "hold"} both numbers and text: ` +
      `"${first.column}" has ${counted(first.numbers, "number")} beside ${describeTexts(first)}.`,
  };
};

function describeTexts({ texts, example }: { readonly texts: number; readonly example: string }): string {
  const text = example.length > 40 ? `${example.slice(0, 39)}…` : example;
  return `${counted(texts, "value that is no number", "values that are no numbers")}, such as "${text}"`;
}

const standIns: Rule = ({ standIns: found }) => {
  if (found.length === 0) return undefined;
  const described = found.map(
    ({ column, value, count }) => `${formatValue(value)} stands in ${counted(count, "row")} of "${column}"`,
  );
  return {
    weight: "notable",
    text: "If that means that nothing is known, empty those cells: as a number it is an outlier, and moves the scale of all others.",
    reason: `${described.slice(0, 4).join("; ")}: far from all other values.`,
  };
};

const empty: Rule = (findings) => {
  const found = nearlyEmpty(findings);
  if (found.length === 0) return undefined;
  const names = found.map(({ statistics }) => statistics.name);
  return {
    weight: "notable",
    text: `Leave ${found.length === 1 ? "it" : "them"} out (--ignore): filled in by medians, ${found.length === 1 ? "it tells" : "they tell"} next to nothing.`,
    reason: `${listed(names)} ${found.length === 1 ? "has" : "have"} values in less than a tenth of the rows.`,
  };
};

const missing: Rule = (findings) => {
  const nearly = new Set(nearlyEmpty(findings));
  const found = findings.profile.columns
    .filter((column) => missingShare(column) >= MANY_MISSING && missingShare(column) < 1 && !nearly.has(column))
    .toSorted((a, b) => missingShare(b) - missingShare(a));
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    weight: "hint",
    text: "Nothing has to be done: gaps are filled with the median, and a feature says where they were. Ask why they are there, though.",
    reason: `${listed(found.map(({ statistics }) => statistics.name))} ${found.length === 1 ? "lacks" : "lack"} many values${found.length === 1 ? "" : `, "${first.statistics.name}" most of all`}: they are missing in ${formatShare(missingShare(first))} of the rows.`,
  };
};

const missingTogether: Rule = ({ missingTogether: groups }) => {
  const [first] = groups.toSorted((a, b) => b.rows - a.rows);
  if (first === undefined || first.rows < FEWEST_TOGETHER) return undefined;
  return {
    weight: "hint",
    text: "They have one cause, most likely: a form, a device or a file that was not there. Whether it was there may be worth a column of its own.",
    reason: `${listed(first.columns)} are missing in the same rows, ${formatCount(first.rows)} of them.`,
  };
};

const identifiers: Rule = ({ profile: { leftOut } }) => {
  const found = leftOut.filter(({ reason }) => reason === "identifier");
  if (found.length === 0) return undefined;
  return {
    weight: "hint",
    text: `Nothing has to be done: a training leaves ${found.length === 1 ? "it" : "them"} out by itself. To keep one, say what it is (--types).`,
    reason: `${listed(found.map(({ name }) => name))} ${found.length === 1 ? "seems" : "seem"} only to name or number the rows.`,
  };
};

/** Why columns other than identifiers take no part. */
const REASONS: Readonly<Partial<Record<tables.LeaveOutReason, string>>> = {
  constant: "always the same",
  empty: "empty",
  text: "free text or too many different words",
  range: "beyond what can be scaled",
};

const leftOut: Rule = ({ profile }) => {
  // Of a single row each value is always the same.
  if (profile.count < FEWEST_ROWS) return undefined;
  const groups = Object.entries(REASONS).flatMap(([reason, words]) => {
    const names = profile.leftOut.filter((column) => column.reason === reason).map(({ name }) => name);
    return names.length === 0 ? [] : [`${listed(names)} (${words})`];
  });
  if (groups.length === 0) return undefined;
  return {
    weight: "hint",
    text: "A training leaves them out by itself; --types keeps a column as what you say it is.",
    reason: `Some columns tell nothing that can be learned: ${groups.join(", ")}.`,
  };
};

/** Columns that are named like identifiers and are none, or have very many categories: as the decision on columns says. */
const doubts: Rule = ({ plan }) => {
  const notes = plan?.notes ?? [];
  if (notes.length === 0) return undefined;
  return {
    weight: "hint",
    text: "Say what a column is with --types name=category, number, date or ignore, where that is not meant.",
    reason: `${capitalized(notes.slice(0, 3).join("; "))}${notes.length > 3 ? `; and ${formatCount(notes.length - 3)} more` : ""}.`,
  };
};

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const adviceOnColumns: readonly Rule[] = [
  readAsNumbers,
  mixed,
  standIns,
  empty,
  missing,
  missingTogether,
  identifiers,
  leftOut,
  doubts,
];
