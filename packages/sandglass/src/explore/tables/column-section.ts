/** Every column as a card: what it is, what its values are like, and what is odd about it. */
import { counted, type tables } from "@sandglass/core";
import type { ColumnProfile, Histogram, NumberProfile } from "../../tables/index.ts";
import { formatCount, formatShare } from "../../text/number-format.ts";
import type { ColumnCard, ColumnPicture } from "../content/index.ts";
import type { Section } from "../exploration.ts";
import { MANY_OUTLIERS, SKEWED } from "./advise-numbers.ts";
import type { TableFindings } from "./findings.ts";
import { missingShare } from "./findings.ts";
import { cellType, formatCell, formatSigned, formatValue, shareText, type CellType } from "./format-cell.ts";

/** More would make the page too long to be read. */
const MOST_CARDS = 60;
/** Categories that are named. */
const MOST_BARS = 6;
/** From this share on, values far from the median are no outliers. */
const LONG_TAIL = 0.05;
/** Shorter texts are words, whose length says nothing. */
const LONG = 20;
/** Below this share gaps are nothing to speak of. */
const FEW_MISSING = 0.05;

export function columnSection(findings: TableFindings): Section {
  const { columns } = findings.profile;
  const left = columns.length - MOST_CARDS;
  const more =
    left > 0
      ? ` Of ${formatCount(columns.length)} columns ${MOST_CARDS} are shown, those of which most is odd; --json has the figures of all.`
      : "";
  return {
    title: "The columns",
    note:
      "What each is to a training, and how its values are distributed. A column of another colour at the end of a histogram stands for all values " +
      `that lie further out.${more}`,
    parts: [{ content: { kind: "columns", cards: shownCards(columns.map((column) => cardOf(column, findings))) } }],
  };
}

/** Where they are too many, those of which most is odd; in the order of the table. */
function shownCards(cards: readonly ColumnCard[]): readonly ColumnCard[] {
  if (cards.length <= MOST_CARDS) return cards;
  const shown = new Set(cards.toSorted((a, b) => b.marks.length - a.marks.length).slice(0, MOST_CARDS));
  return cards.filter((card) => shown.has(card));
}

function cardOf(profile: ColumnProfile, findings: TableFindings): ColumnCard {
  const { column, statistics } = profile;
  const { name } = statistics;
  const used = findings.plan?.columns.find((one) => one.name === name);
  const leftOut = (findings.plan?.leftOut ?? findings.profile.leftOut).find((one) => one.name === name);
  const isLabel = leftOut?.reason === "label";
  return {
    name,
    role: isLabel
      ? "label"
      : used === undefined
        ? "left out"
        : `${used.role}${column.unit === undefined ? "" : `, in ${column.unit}`}`,
    isLeftOut: used === undefined && !isLabel,
    note: isLabel ? undefined : reasonOf(leftOut),
    marks: marksOf(profile, findings),
    picture: pictureOf(profile, used?.role === "category" || isLabel),
    facts: [
      ...missingFact(profile),
      ...(isLabel ? [["different", formatCount(statistics.distinct)] as const] : factsOf(profile)),
    ],
  };
}

/** `Its 10 whole numbers …`, of `column "id" is left out: its 10 whole numbers …`. */
function reasonOf(leftOut: tables.LeftOutColumn | undefined): string | undefined {
  const why = leftOut?.note.slice(leftOut.note.indexOf(": ", `column "${leftOut.name}"`.length) + 2);
  return why === undefined ? undefined : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
}

function missingFact(profile: ColumnProfile): readonly (readonly [string, string])[] {
  const { missing } = profile.statistics;
  return missing === 0 ? [] : [["missing", `${formatCount(missing)} (${shareText(missingShare(profile))})`]];
}

function factsOf({ type, statistics, ...profile }: ColumnProfile): readonly (readonly [string, string])[] {
  const distinct = ["different", formatCount(statistics.distinct)] as const;
  if (statistics.count === statistics.missing) return [];
  if (statistics.type === "text") {
    const length = ["mean length", formatValue(Number(statistics.meanLength.toPrecision(3)))] as const;
    return statistics.meanLength >= LONG ? [distinct, length] : [distinct];
  }
  const kind = cellType(statistics.type, statistics);
  const cell = (value: number): string => formatCell(kind, value);
  const ends = [
    ["from", cell(statistics.min)],
    ["to", cell(statistics.max)],
    ["median", cell(statistics.median)],
  ] as const;
  if (statistics.type === "date" || type !== "number") return [distinct, ...ends];
  const { skewness, beyondFences, beyondSigmas } = profile as Omit<NumberProfile, "type" | "statistics">;
  return [
    distinct,
    ...ends,
    ["mean", formatValue(statistics.mean)],
    ["std", formatValue(Number(statistics.std.toPrecision(4)))],
    ...(Number.isFinite(skewness) ? [["skewness", formatSigned(skewness)] as const] : []),
    ...(beyondFences === 0 ? [] : [["beyond 1.5 IQR", formatCount(beyondFences)] as const]),
    ...(beyondSigmas === 0 ? [] : [["beyond 4σ", formatCount(beyondSigmas)] as const]),
  ];
}

function marksOf(profile: ColumnProfile, { leaks, mixed, standIns, pairs, keys, equals }: TableFindings): string[] {
  const { name } = profile.statistics;
  const share = missingShare(profile);
  const partners = pairs.filter(({ one, other }) => one === name || other === name);
  const standIn = standIns.find(({ column }) => column === name);
  return [
    ...(leaks.some(({ column }) => column === name) ? ["gives the label away"] : []),
    ...(share >= FEW_MISSING ? [`${formatShare(share)} missing`] : []),
    ...(mixed.some(({ column }) => column === name) ? ["numbers and text"] : []),
    ...(standIn === undefined ? [] : [`${formatValue(standIn.value)} for nothing?`]),
    ...(keys.some(({ column }) => column === name) ? ["several rows each"] : []),
    ...(profile.type === "number" ? marksOfNumbers(profile) : []),
    ...equals.filter(({ others }) => others.includes(name)).map(({ one }) => `the same as ${one}`),
    ...partners.slice(0, 2).map(({ one, other }) => `like ${one === name ? other : one}`),
  ];
}

function marksOfNumbers({ skewness, beyondSigmas, statistics }: NumberProfile): string[] {
  const share = beyondSigmas / statistics.count;
  return [
    ...(Math.abs(skewness) >= SKEWED ? ["skewed"] : []),
    ...(share >= LONG_TAIL ? ["long tail"] : []),
    ...(share >= MANY_OUTLIERS && share < LONG_TAIL ? [counted(beyondSigmas, "outlier")] : []),
  ];
}

function pictureOf(profile: ColumnProfile, isCategory: boolean): ColumnPicture | undefined {
  const { statistics } = profile;
  const present = statistics.count - statistics.missing;
  if (present === 0) return undefined;
  const { frequent = [] } = statistics;
  if (profile.type === "text" || (isCategory && frequent.length > 0)) {
    return categories(
      frequent,
      statistics.distinct,
      present,
      cellType(statistics.type, { min: Number.NaN, max: Number.NaN }),
    );
  }
  const isInteger = profile.type === "number" && profile.statistics.isInteger;
  return histogramPicture(profile.histogram, cellType(profile.type, profile.statistics), isInteger);
}

function categories(
  frequent: readonly tables.Frequency[],
  distinct: number,
  present: number,
  type: CellType,
): ColumnPicture | undefined {
  const bars = frequent.slice(0, MOST_BARS);
  // Where nearly all differ, the most frequent ones tell nothing.
  if (bars.length === 0 || (distinct > MOST_BARS && (bars[0]?.count ?? 0) <= Math.max(1, present / 1000)))
    return undefined;
  const named = bars.reduce((sum, { count }) => sum + count, 0);
  return {
    kind: "categories",
    bars: bars.map(({ value, count }) => ({
      name: type === "number" ? formatValue(Number(value)) : value,
      share: count / present,
      text: shareText(count / present),
    })),
    others:
      named >= present
        ? undefined
        : `${counted(Math.max(1, distinct - bars.length), "other")}, ${shareText((present - named) / present)}`,
  };
}

function histogramPicture(
  { from, to, counts, below, above }: Histogram,
  type: CellType,
  isInteger: boolean,
): ColumnPicture | undefined {
  if (counts.length === 0) return undefined;
  return {
    kind: "histogram",
    counts,
    below,
    above,
    // The edges of whole numbers lie between them.
    from: formatCell(type, isInteger ? Math.ceil(from) : from),
    to: formatCell(type, isInteger ? Math.floor(to) : to),
  };
}
