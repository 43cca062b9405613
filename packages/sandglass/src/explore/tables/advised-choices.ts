/** The choices that a training should be given, and what speaks for each. Advice and the command go by them. */
import type { ColumnProfile, MixedColumn, NumberProfile } from "../../tables/index.ts";
import type { DataChoices } from "../../sources/index.ts";
import { columnsOfRole, missingShare, type TableFindings } from "./findings.ts";
import type { CorrelatedPair } from "./correlated-pairs.ts";
import type { LabelLeak } from "./label-leaks.ts";
import type { RepeatedKey } from "./repeated-keys.ts";

/** From this correlation on, of either sign, a column is another one in other units. */
const COPY = 0.9999;
/** From this strength on a column is the label. */
const EXACT = 0.999;
/** Longer lists are nobody's to read. */
const MOST_IGNORED = 20;
/** With more missing, a column says more about who filled it in than about the row. */
const MOSTLY_MISSING = 0.9;
/** From this share of numbers on, the texts of a column are what is odd. */
const MOSTLY_NUMBERS = 0.8;
/** How many times as wide as the middle half (for normal numbers) the standard deviation is, where outliers make it so. */
const WIDENED = 3;
/** In interquartile ranges. */
const TOO_FAR = 100;
/** The standard deviation of a normal distribution in interquartile ranges. */
const DEVIATIONS_PER_RANGE = 1.349;

/** Pairs of columns of which the second is the first in other units. */
export function copiesIn(findings: TableFindings): readonly CorrelatedPair[] {
  return findings.pairs.filter((pair) => Math.abs(pair.pearson) >= COPY && !areEqual(findings, pair));
}

/** Whether two columns are known to divide the rows alike already. */
export function areEqual({ equals }: TableFindings, { one, other }: CorrelatedPair): boolean {
  return equals.some(
    (group) => [group.one, ...group.others].filter((name) => name === one || name === other).length > 1,
  );
}

/** Columns that are nearly empty, and take part all the same. */
export function nearlyEmpty(findings: TableFindings): readonly ColumnProfile[] {
  const learned = new Set(findings.plan?.columns.map(({ name }) => name));
  return findings.profile.columns.filter(
    (column) => learned.has(column.statistics.name) && missingShare(column) > MOSTLY_MISSING,
  );
}

/** Columns of text that should be read as numbers. */
export function nearlyNumbers({ mixed }: TableFindings): readonly MixedColumn[] {
  return mixed.filter(({ numbers, texts }) => numbers >= MOSTLY_NUMBERS * (numbers + texts));
}

/** Columns of numbers whose scale would be that of their outliers: standardized, their middle half lies within a small part of one. */
export function widenedColumns(findings: TableFindings): readonly NumberProfile[] {
  return columnsOfRole(findings, "number").filter((column): column is NumberProfile => {
    if (column.type !== "number") return false;
    const { std, q1, q3 } = column.statistics;
    return q3 > q1 && std > (WIDENED * (q3 - q1)) / DEVIATIONS_PER_RANGE;
  });
}

/** Whether quartiles help: not where a value then lies so far out that its square outweighs ten thousand others. */
export function suitsQuartiles(findings: TableFindings): boolean {
  return columnsOfRole(findings, "number").every(({ type, statistics }) => {
    if (type !== "number" || statistics.q3 === statistics.q1) return true;
    const { min, max, median, q1, q3 } = statistics;
    return Math.max(max - median, median - min) <= TOO_FAR * (q3 - q1);
  });
}

/** Who has several rows; of several such columns, the one that has most groups. */
export function groupKey({ keys, kind, label }: TableFindings): RepeatedKey | undefined {
  return kind === "table" ? keys.find(({ column }) => column !== label?.name) : undefined;
}

/** Columns that give the label away which is not only guessed by its place. */
export function leaksIn({ leaks, label }: TableFindings): readonly LabelLeak[] {
  return label?.isLikely === true ? leaks : [];
}

/** Columns of a table that say nothing but the label, in other words. What strangeness is known by in an array is to be learned. */
function exactLeaks(findings: TableFindings): readonly LabelLeak[] {
  return findings.kind === "array" ? [] : leaksIn(findings).filter(({ strength }) => strength >= EXACT);
}

/** What the user left open. */
export function advisedChoices(findings: TableFindings, given: DataChoices): DataChoices {
  const { label, kind } = findings;
  // The last rows are cut off where their number says.
  const group = given.group ?? (given.split === "last" ? undefined : groupKey(findings)?.column);
  const wanted = new Set([given.label, ...Object.keys(given.types ?? {})]);
  const ignored = new Set([
    ...copiesIn(findings).map(({ other }) => other),
    ...findings.equals.flatMap(({ others }) => others),
    ...nearlyEmpty(findings).map(({ statistics }) => statistics.name),
    ...exactLeaks(findings).map(({ column }) => column),
    // A name tells nothing of rows of other names.
    ...(given.group === undefined && group !== undefined ? [group] : []),
  ]);
  const learned = findings.plan?.columns.map(({ name }) => name) ?? [];
  const ignore = learned.filter((name) => ignored.has(name) && !wanted.has(name));
  const types = nearlyNumbers(findings).filter(
    ({ column }) => !ignored.has(column) && given.ignore?.includes(column) !== true,
  );
  return {
    ...(kind === "table" && label?.isLikely === true && { label: label.name }),
    // Something has to be left to learn from.
    ...(ignore.length > 0 && ignore.length < Math.min(learned.length, MOST_IGNORED) && { ignore }),
    ...(types.length > 0 && { types: Object.fromEntries(types.map(({ column }) => [column, "number"])) }),
    ...(widenedColumns(findings).length > 0 && suitsQuartiles(findings) && { scaling: "robust" }),
    ...(group !== undefined && { group }),
  };
}
