/** Advice on the rows and their label: how many there are, who they are of, which are alike. */
import { counted } from "@sandglass/core";
import { describeShared } from "../../leaks/index.ts";
import { formatCount } from "../../text/number-format.ts";
import { areTooManyClasses, FEWEST_ROWS, MOST_NUMBER_CLASSES } from "../../tables/index.ts";
import { quotedWord } from "../../text/shell-words.ts";
import { groupKey, leaksIn } from "./advised-choices.ts";
import { listed, shareText } from "./format-cell.ts";
import type { Rule } from "./rule.ts";

/** Fewer rows than that tell little of what is usual. */
const FEW_ROWS = 200;
/** Duplicates from this share of the rows on are more than an oversight. */
const MANY_DUPLICATES = 0.05;
/** From this share on unusual rows are many. */
const MANY_UNUSUAL = 0.02;
/** From this ratio on rare classes are lost sight of. */
const UNEQUAL = 3;

const nothingToLearn: Rule = ({ plan, profile }) =>
  plan === undefined && profile.count >= FEWEST_ROWS
    ? {
        weight: "serious",
        text: "Say what the columns are with --types, or give a table with more of them.",
        reason: `No column is left to learn from: ${profile.leftOut
          .slice(0, 3)
          .map(({ note }) => note)
          .join("; ")}.`,
      }
    : undefined;

const leaks: Rule = (findings) => {
  const found = leaksIn(findings);
  if (found.length === 0) return undefined;
  const one = found.length === 1;
  const label = `"${findings.label?.name}"`;
  const reason =
    `${listed(found.map(({ column }) => column))} ${one ? "gives" : "give"} ${label} away: in the order of ${one ? "its" : "their"} values ` +
    "the classes hardly ever change.";
  if (findings.kind === "array") {
    return {
      weight: "hint",
      text: "Compare every model with a threshold on one of these alone, which does nearly as well.",
      reason,
    };
  }
  return {
    weight: "serious",
    text:
      `Leave ${one ? "it" : "them"} out (--ignore), unless ${one ? "it is" : "they are"} known before ${label} is: ` +
      "what a model finds there says nothing of how it does without.",
    reason,
  };
};

const oneClass: Rule = ({ label }) =>
  label !== undefined && !label.isGuess && label.classes.length === 1
    ? {
        weight: "notable",
        text: "Without other classes it says nothing of single rows; leave --label out, or name another column.",
        reason: `All rows have the same "${label.name}": ${label.classes[0]?.value}.`,
      }
    : undefined;

const duplicates: Rule = ({ profile }) => {
  const { rows, apartFromIdentifiers } = profile.duplicates;
  const most = Math.max(rows, apartFromIdentifiers);
  if (most === 0) return undefined;
  const share = most / profile.count;
  return {
    weight: share >= MANY_DUPLICATES ? "notable" : "hint",
    text:
      "Ask whether they are one thing entered twice. If so, remove them: copies that are held back to validate with are known already. " +
      "If different things merely look alike, keep them.",
    reason:
      rows === most
        ? `${counted(rows, "row equals", "rows equal")} an earlier one (${shareText(share)}).`
        : `${counted(most, "row differs", "rows differ")} from an earlier one only by identifiers (${shareText(share)}).`,
  };
};

const shared: Rule = ({ partLeaks }) => {
  if (partLeaks === undefined || partLeaks.shared.length === 0) return undefined;
  const described = partLeaks.shared.map((one) => describeShared(one, partLeaks.unit));
  return {
    weight: "serious",
    text: "Take such rows out of one of the parts before you believe any figure, if they are one thing entered twice: a model is judged by what it has seen.",
    reason: `${described.join("; ")}.`,
  };
};

const group: Rule = (findings) => {
  const key = groupKey(findings);
  if (key === undefined) return undefined;
  const { column, distinct, rowsEach } = key;
  return {
    weight: "notable",
    text:
      `Hold back whole groups (--group ${quotedWord(column)}), and do not learn from the name itself: ` +
      "otherwise a model is judged by rows of those that it knows.",
    reason: `"${column}" has ${formatCount(distinct)} different values with ${rowsEach.toFixed(1)} rows each, as if several rows were of the same one.`,
  };
};

const few: Rule = ({ profile: { count } }) => {
  if (count >= FEW_ROWS) return undefined;
  if (count < FEWEST_ROWS) {
    return {
      weight: "serious",
      text: "Give a table with more rows: a model learns from how rows differ, and needs hundreds of them.",
      reason: `There is only ${counted(count, "row")}.`,
    };
  }
  return {
    weight: "notable",
    text: "Take a small model (--code 2 or 3), and do not make much of small differences between figures.",
    reason: `There are only ${counted(count, "row")}; what is usual is hardly to be told from so few.`,
  };
};

const quantity: Rule = ({ label, profile }) => {
  const statistics = profile.columns.find((column) => column.statistics.name === label?.name)?.statistics;
  if (label === undefined || statistics?.type !== "number" || statistics.distinct <= MOST_NUMBER_CLASSES) {
    return undefined;
  }
  return {
    weight: "notable",
    text:
      "If they are quantities and no names of classes, divide them into a few first, such as low and high, or leave --label out: each " +
      "number becomes a class of its own, and that 7 is nearer to 8 than to 70 is lost.",
    reason: `"${label.name}", the label, holds ${formatCount(statistics.distinct)} different numbers.`,
  };
};

const names: Rule = ({ label, profile }) => {
  const statistics = profile.columns.find((column) => column.statistics.name === label?.name)?.statistics;
  if (label?.isGuess !== false || statistics === undefined || statistics.type === "number") return undefined;
  if (!areTooManyClasses(statistics.distinct, profile.count)) return undefined;
  return {
    weight: "notable",
    text: "No classes are made of so many. Name a column with a few values that many rows share, or leave --label out.",
    reason: `"${label.name}", the label, has ${formatCount(statistics.distinct)} different values in ${counted(profile.count, "row")}.`,
  };
};

const unusual: Rule = ({ unusual: found, sample: { numbers } }) => {
  if (found === undefined || found.far === 0) return undefined;
  const isGroup = found.far >= MANY_UNUSUAL * numbers.length;
  return {
    weight: "notable",
    text: isGroup
      ? "So many are no exceptions but a kind of their own: look in the page at what they have in common, and ask whether both kinds belong into one model."
      : "Look at the most unusual ones in the page: mend what is wrong, and keep what is merely rare.",
    reason: `${counted(found.far, "row lies", "rows lie")} far from all others, of ${formatCount(numbers.length)} looked at.`,
  };
};

const imbalance: Rule = ({ label, kind }) => {
  const most = label?.classes[0];
  const least = label?.classes.at(-1);
  if (label?.isLikely !== true || most === undefined || least === undefined || most.count < UNEQUAL * least.count)
    return undefined;
  const ratio = most.count / least.count;
  return {
    weight: "hint",
    text:
      kind === "array" && label.classes.length === 2
        ? `If "${least.value}" is what is unusual, train on rows of "${most.value}" alone where you can: a model must not learn what it is to be surprised by.`
        : "Look at the errors of each class, not only at those of all: a model learns what it sees most.",
    reason: `"${most.value}" has ${ratio.toFixed(ratio < 10 ? 1 : 0)} times as many rows as "${least.value}" (${formatCount(most.count)} and ${formatCount(least.count)}).`,
  };
};

const guess: Rule = ({ label }) => {
  if (label?.isGuess !== true) return undefined;
  return {
    weight: "hint",
    text: label.isLikely
      ? "If it is not, leave --label out, and the model learns from the column, too."
      : `If it is, say so (--label ${quotedWord(label.name)}): the model then does not see it, and can be judged by it.`,
    reason: `"${label.name}" may be the label, what each row is to be told by: ${label.reason}. This is a guess.`,
  };
};

export const adviceOnRows: readonly Rule[] = [
  nothingToLearn,
  leaks,
  oneClass,
  few,
  quantity,
  names,
  group,
  shared,
  duplicates,
  unusual,
  imbalance,
  guess,
];
