/** Advice on how numbers and dates are distributed, and on what they have to do with each other. */
import { counted } from "@sandglass/core";
import { hasUnusualGap, type NumberProfile } from "../../tables/index.ts";
import { formatBriefly, formatCount } from "../../text/number-format.ts";
import { areEqual, copiesIn, suitsQuartiles, widenedColumns } from "./advised-choices.ts";
import { NEAR_PERFECT } from "./correlated-pairs.ts";
import { columnsOfRole } from "./findings.ts";
import { formatCell, formatSigned, listed } from "./format-cell.ts";
import type { Rule } from "./rule.ts";

/** From this skewness on, of either sign, a logarithm helps. */
export const SKEWED = 2;
/** From this share of values beyond 4 robust standard deviations on a column has outliers. */
export const MANY_OUTLIERS = 0.001;

const copies: Rule = (findings) => {
  const found = copiesIn(findings);
  if (found.length === 0) return undefined;
  const pairs = found.slice(0, 4).map(({ one, other }) => `"${other}" follows from "${one}"`);
  return {
    weight: "notable",
    text: "Keep one of each (--ignore): what is there twice counts double.",
    reason: `${pairs.join(", ")}${found.length > 4 ? `, and ${formatCount(found.length - 4)} more such pairs` : ""}: a straight line but for rounding.`,
  };
};

const equals: Rule = ({ equals: found }) => {
  if (found.length === 0) return undefined;
  const groups = found.slice(0, 4).map(({ one, others }) => `${listed(others)} as "${one}"`);
  return {
    weight: "notable",
    text: "Keep one of each (--ignore): what is there twice counts double.",
    reason: `Some columns divide the rows exactly as others do, in other words: ${groups.join("; ")}${found.length > 4 ? `, and ${formatCount(found.length - 4)} more` : ""}.`,
  };
};

const nearCopies: Rule = (findings) => {
  const known = new Set(copiesIn(findings));
  const found = findings.pairs.filter((pair) => !known.has(pair) && !areEqual(findings, pair));
  const [first] = found;
  if (first === undefined) return undefined;
  const how =
    Math.abs(first.pearson) >= NEAR_PERFECT
      ? `a correlation of ${formatSigned(first.pearson)}`
      : `one grows with the other, though not in proportion (ranks correlate by ${formatSigned(first.spearman)}, values by ${formatSigned(first.pearson)})`;
  const more = found.length === 1 ? "" : `, and ${counted(found.length - 1, "more pair")}`;
  return {
    weight: "hint",
    text: "Think of leaving one of each out: together they make a model care for little else. Where they part, an autoencoder sees something unusual.",
    reason: `"${first.one}" and "${first.other}" say nearly the same: ${how}${more}.`,
  };
};

const widened: Rule = (findings) => {
  const found = widenedColumns(findings);
  if (found.length === 0) return undefined;
  return {
    weight: "notable",
    text: suitsQuartiles(findings)
      ? "Scale numbers by their quartiles (--scaling robust), which outliers do not move; or mend the outliers first, if they are mistakes."
      : "Mend them if they are mistakes, and take logarithms if they are not. Scaled by quartiles (--scaling robust), some would outweigh ten thousand usual values.",
    reason: `Values of ${listed(found.map(({ statistics }) => statistics.name))} reach so far out that most others would be squeezed into a small part of the scale.`,
  };
};

const skewed: Rule = (findings) => {
  const found = columnsOfRole(findings, "number")
    .filter((column): column is NumberProfile => column.type === "number" && column.statistics.min >= 0)
    .filter(({ skewness, statistics }) => skewness >= SKEWED && statistics.distinct > 20)
    .toSorted((a, b) => b.skewness - a.skewness);
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    weight: "hint",
    text: "Think of their logarithms (of the value plus 1 where there are zeros): a network does better on what is spread evenly.",
    reason: `${listed(found.map(({ statistics }) => statistics.name))} ${found.length === 1 ? "has" : "have"} many small values and few large ones (skewness ${formatBriefly(first.skewness)}${found.length === 1 ? "" : " at most"}).`,
  };
};

const outliers: Rule = (findings) => {
  const found = columnsOfRole(findings, "number").filter(
    (column): column is NumberProfile =>
      column.type === "number" &&
      column.beyondSigmas >= MANY_OUTLIERS * column.statistics.count &&
      column.skewness < SKEWED,
  );
  const worst = found.toSorted((a, b) => b.beyondSigmas - a.beyondSigmas)[0];
  if (worst === undefined) return undefined;
  return {
    weight: "hint",
    text: "Look at the ends of their histograms in the page. What is a mistake should be emptied; what is rare is what an autoencoder is to find.",
    reason:
      `${listed(found.map(({ statistics }) => statistics.name))} ${found.length === 1 ? "has" : "have"} outliers: ` +
      `${counted(worst.beyondSigmas, "value")} of "${worst.statistics.name}" ${worst.beyondSigmas === 1 ? "lies" : "lie"} more than 4 robust standard deviations off the median.`,
  };
};

const gaps: Rule = ({ dates }) => {
  const found = dates.filter(hasUnusualGap).toSorted((a, b) => (b.longest?.days ?? 0) - (a.longest?.days ?? 0));
  const longest = found[0]?.longest;
  if (longest === undefined) return undefined;
  return {
    weight: "hint",
    text: "Ask what happened there: rows may be missing, or a date may be mistyped.",
    reason: `"${found[0]?.column}" has no dates for ${formatCount(longest.days)} days, from ${formatCell("date", longest.from)} to ${formatCell("date", longest.to)}.`,
  };
};

export const adviceOnNumbers: readonly Rule[] = [widened, copies, equals, nearCopies, skewed, outliers, gaps];
