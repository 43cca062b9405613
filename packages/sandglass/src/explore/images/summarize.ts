/** What is printed of a set of images, and the figures at the top of its page. */
import { counted } from "@sandglass/core";
import type { Tile } from "../../report/index.ts";
import { formatCount, formatDims, formatFigure, formatShare } from "../../text/number-format.ts";
import type { PartCounts } from "./class-counts.ts";
import type { Findings } from "./findings.ts";
import type { HeaderStatistics } from "./header-statistics.ts";

/** More classes than that are counted and not named. */
const NAMED_CLASSES = 6;
/** Up to this ratio classes are of one size. */
const EVEN = 1.05;

export function tilesOf({ set, parts, imbalance, leaks, inspection, files }: Findings): readonly Tile[] {
  const several =
    parts.length > 1 ? parts.map(({ split, count }) => `${split} ${formatCount(count)}`).join(", ") : undefined;
  const copies = copiesOf(leaks.duplicates);
  const leaked = leaks.leaks.reduce((sum, { images }) => sum + images.length, 0);
  return [
    { title: set.shape.length === 3 ? "Images" : "Samples", value: formatCount(set.pictures.length), detail: several },
    ...(set.classNames.length === 0
      ? []
      : [
          {
            title: "Classes",
            value: formatCount(set.classNames.length),
            detail:
              imbalance === undefined
                ? undefined
                : imbalance.ratio < EVEN
                  ? "of nearly the same size"
                  : `the largest has ${imbalance.ratio.toFixed(1)} times as many as the smallest`,
          },
        ]),
    ...(files === undefined
      ? [{ title: "Samples of", value: formatDims(set.shape) }]
      : [
          {
            title: "Unreadable files",
            value: formatCount(files.unreadable.length),
            detail: `of ${formatCount(files.files)}`,
          },
          sizeTile(files.headers, set.shape),
        ]),
    {
      title: "There twice",
      value: formatCount(copies + leaked),
      detail: leaked === 0 ? "none in two parts" : `${formatCount(leaked)} of them in two parts`,
    },
    ...(inspection.outliers === undefined
      ? []
      : [
          {
            title: "Unlike all others",
            value: formatCount(inspection.outliers.far),
            detail: `of ${formatCount(inspection.numbers.length)} looked at`,
          },
        ]),
  ];
}

function sizeTile({ widths, heights, sizes }: HeaderStatistics, shape: readonly number[]): Tile {
  const read = `read as ${formatDims(shape)}`;
  const value = `${formatCount(widths.median)} × ${formatCount(heights.median)}`;
  if (sizes === 1) return { title: "Pixels", value, detail: read };
  return {
    title: "Pixels in the middle",
    value,
    detail: `${widths.least} to ${widths.most} wide, ${heights.least} to ${heights.most} high, ${read}`,
  };
}

export function leadOf({ set, files, parts }: Findings): string {
  const what = set.shape.length === 3 ? "image" : "sample";
  const classes =
    set.classNames.length === 0 ? "without labels" : `of ${counted(set.classNames.length, "class", "classes")}`;
  const where = files === undefined ? "in arrays" : "in files";
  const split = parts.length > 1 ? `, in ${counted(parts.length, "part")}` : "";
  return `${counted(set.pictures.length, what)} ${classes}, ${where}${split}.`;
}

export function summaryOf(findings: Findings): readonly (readonly [string, string])[] {
  const { set, parts, imbalance, leaks, inspection, files } = findings;
  const { values, extremes, outliers, doubts, numbers } = inspection;
  const copies = copiesOf(leaks.duplicates);
  return [
    ["data", `${set.name}: ${leadOf(findings)}`],
    ...parts.map((part): readonly [string, string] => [part.split ?? "all", describePart(part)]),
    ...(imbalance === undefined
      ? []
      : [
          [
            "imbalance",
            `${imbalance.ratio.toFixed(1)} : 1 (${imbalance.most.className} to ${imbalance.least.className})`,
          ] as const,
        ]),
    ...(files === undefined
      ? [["samples", formatDims(set.shape)] as const]
      : [
          ["formats", listed(files.headers.formats)] as const,
          ["pixels", `${sizeOf(files.headers)}, read as ${formatDims(set.shape)}`] as const,
          ["colours", `${listed(files.headers.colors)}; ${listed(files.headers.depths)}`] as const,
          ["unreadable", `${formatCount(files.unreadable.length)} of ${counted(files.files, "file")}`] as const,
        ]),
    [
      "values",
      values.channels
        .map(({ channel, mean, deviation }) => `${channel} ${formatFigure(mean)} ± ${formatFigure(deviation)}`)
        .join(", "),
    ],
    ["in two parts", formatCount(leaks.leaks.reduce((sum, { images }) => sum + images.length, 0))],
    ["copies", `${formatCount(copies)}${leaks.complete ? "" : " at least"}`],
    ...(leaks.conflicts.length === 0 ? [] : [["two classes", counted(leaks.conflicts.length, "image")] as const]),
    ...(extremes.length === 0 ? [] : [["nothing to see", counted(extremes.length, "image")] as const]),
    ...(outliers === undefined
      ? []
      : [["outliers", `${formatCount(outliers.far)} of ${formatCount(numbers.length)} looked at`] as const]),
    ...(doubts === undefined
      ? []
      : [
          [
            "label doubts",
            doubts.isTelling
              ? `${formatCount(doubts.doubts.length)} of ${formatCount(doubts.compared)}, a guess`
              : `nothing can be said: neighbours are right in ${formatShare(doubts.agreement)}`,
          ] as const,
        ]),
  ];
}

function describePart({ count, classes }: PartCounts): string {
  const images = counted(count, "image");
  if (classes.length === 0) return images;
  if (classes.length > NAMED_CLASSES) return `${images} of ${counted(classes.length, "class", "classes")}`;
  return `${images}: ${classes.map((one) => `${one.className} ${formatCount(one.count)}`).join(", ")}`;
}

function copiesOf(duplicates: Findings["leaks"]["duplicates"]): number {
  return duplicates.reduce((sum, { images }) => sum + images.length - 1, 0);
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${formatCount(count)}`)
    .join(", ");
}

function sizeOf({ widths, heights }: HeaderStatistics): string {
  const range = ({ least, most }: HeaderStatistics["widths"]): string =>
    least === most ? String(least) : `${least}–${most}`;
  return `${range(widths)} × ${range(heights)}`;
}
