/** What the page shows of a table as a whole: what is missing, its label, its dates, and what goes together. */
import { counted } from "@sandglass/core";
import type { DateGap } from "../../tables/index.ts";
import { formatCount } from "../../text/number-format.ts";
import type { Section } from "../exploration.ts";
import { NEAR_PERFECT, type CorrelatedPair } from "./correlated-pairs.ts";
import { missingShare, type TableFindings } from "./findings.ts";
import { formatCell, listed, shareText } from "./format-cell.ts";
import type { LabelLeak } from "./label-leaks.ts";

/** So many columns have correlations; of more, the first. */
const MOST_SHOWN = 40;
/** Columns, pairs and classes that are named; the others are counted. */
const NAMED = 20;

export function missingSection({ profile, missingTogether }: TableFindings): readonly Section[] {
  const found = profile.columns
    .filter((column) => missingShare(column) > 0)
    .toSorted((a, b) => missingShare(b) - missingShare(a));
  if (found.length === 0) return [];
  const shown = found.slice(0, NAMED);
  const left = found.length - shown.length;
  const groups = missingTogether.toSorted((a, b) => b.rows - a.rows).slice(0, NAMED);
  return [
    {
      title: "What is missing",
      note:
        `${counted(found.length, "column lacks", "columns lack")} values${left > 0 ? `; here are the ${NAMED} that lack most` : ""}. A training fills gaps with the median ` +
        "and says by a feature where they were; of categories, missing is one.",
      parts: [
        {
          content: {
            kind: "bars",
            values: shown.map((column) => 100 * missingShare(column)),
            names: shown.map(({ statistics }) => statistics.name),
            axis: "% of the rows",
          },
        },
        ...(groups.length === 0
          ? []
          : [
              {
                caption: "Missing together",
                content: {
                  kind: "facts" as const,
                  rows: groups.map(
                    ({ columns, rows }) => [`in the same ${counted(rows, "row")}`, listed(columns, 12)] as const,
                  ),
                },
              },
            ]),
      ],
    },
  ];
}

export function labelSection({ label, leaks }: TableFindings): readonly Section[] {
  if (label === undefined || label.classes.length === 0) return [];
  const { name, classes, missing, isGuess, isLikely, reason } = label;
  const shown = classes.slice(0, NAMED);
  const left = classes.length - shown.length;
  return [
    {
      title: isGuess ? "What may be the label" : "The label",
      note: [
        isGuess ? `"${name}" is taken for the label: ${reason}. This is a guess.` : `"${name}" says what each row is.`,
        isLikely ? "The model does not see it; it says what its mistakes are about." : "",
        left > 0 ? `${counted(left, "more class is", "more classes are")} not shown.` : "",
        missing > 0 ? `${counted(missing, "row has", "rows have")} no label.` : "",
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
      parts: [
        {
          content: {
            kind: "bars",
            values: shown.map(({ count }) => count),
            names: shown.map(({ value }) => value),
            axis: "rows",
          },
        },
        ...(leaks.length === 0
          ? []
          : [
              {
                caption: "Columns that give it away",
                content: {
                  kind: "facts" as const,
                  rows: leaks.slice(0, NAMED).map((leak) => [leak.column, describeLeak(leak)] as const),
                },
              },
            ]),
      ],
    },
  ];
}

function describeLeak({ strength }: LabelLeak): string {
  if (strength === 1) return "in the order of its values, each class lies in one piece";
  return `in the order of its values, classes change ${shareText(1 - strength)} as often as by chance`;
}

export function correlationSection({ profile: { correlations, columns }, pairs }: TableFindings): readonly Section[] {
  const { names, values, rows } = correlations;
  if (names.length < 2) return [];
  const numbers = columns.filter(({ type }) => type === "number").length;
  const some =
    names.length >= MOST_SHOWN && numbers > names.length
      ? ` The first ${names.length} columns of numbers are shown.`
      : "";
  const shown = pairs.slice(0, NAMED);
  const left = pairs.length - shown.length;
  return [
    {
      title: "What goes together",
      note: `Correlations of ${formatCount(rows)} rows (Pearson's): 1 and −1 where one column follows from the other by a straight line, 0 where they have nothing to do with each other in this way.${some}`,
      parts: [
        { content: { kind: "heat", names, values } },
        ...(shown.length === 0
          ? []
          : [
              {
                caption: `Nearly the same (${NEAR_PERFECT} and more)`,
                content: {
                  kind: "facts" as const,
                  rows: [
                    ...shown.map((pair) => [`${pair.one} and ${pair.other}`, describePair(pair)] as const),
                    ...(left > 0 ? [["and more", formatCount(left)] as const] : []),
                  ],
                },
              },
            ]),
      ],
    },
  ];
}

function describePair({ pearson, spearman }: CorrelatedPair): string {
  const text = (value: number): string => value.toFixed(4).replace("-", "−");
  return `values ${text(pearson)}, ranks ${text(spearman)}`;
}

export function dateSection({ dates }: TableFindings): readonly Section[] {
  if (dates.length === 0) return [];
  return [
    {
      title: "Dates",
      note: "What each column of dates covers, and the longest time without any.",
      parts: [
        {
          content: {
            kind: "facts",
            rows: dates.map(({ column, min, max, days, longest }) => [
              column,
              `${day(min)} to ${day(max)}, on ${counted(days, "day")}${describeGap(longest)}`,
            ]),
          },
        },
      ],
    },
  ];
}

function describeGap(gap: DateGap | undefined): string {
  if (gap === undefined || gap.days <= 1) return ", without a gap";
  return `; the longest gap is ${counted(gap.days, "day")}, from ${day(gap.from)} to ${day(gap.to)}`;
}

function day(value: number): string {
  return formatCell("date", value);
}
