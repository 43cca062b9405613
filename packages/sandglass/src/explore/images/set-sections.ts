/** What the page shows of a set as a whole: how many there are, their files, a sheet of each class, and their values. */
import type { BarsExhibit } from "@sandglass/core";
import { counted } from "@sandglass/core";
import { formatBriefly, formatCount } from "../../text/number-format.ts";
import type { Facts, Section, SectionPart } from "../exploration.ts";
import type { FileFindings, Findings } from "./findings.ts";
import type { HeaderStatistics, Spread } from "./header-statistics.ts";
import { SEEN_OF_CLASS, SHOWN_CLASSES } from "./pick-pictures.ts";
import { fitting, shownSamples, type ShownValues } from "./shown-samples.ts";
import { BINS } from "./value-statistics.ts";

export function countsSection({ parts, set }: Findings): Section {
  const bars = (counts: readonly { readonly name: string; readonly count: number }[]): BarsExhibit => ({
    kind: "bars",
    values: counts.map(({ count }) => count),
    names: counts.map(({ name }) => name),
    axis: "images",
  });
  const ofClasses = parts
    .filter(({ classes }) => classes.length > 0)
    .map(({ split, count, classes }): SectionPart => {
      const content = bars(classes.map((one) => ({ name: one.className, count: one.count })));
      return split === undefined ? { content } : { caption: `${split}: ${counted(count, "image")}`, content };
    });
  const ofParts = bars(parts.map(({ split = "all", count }) => ({ name: split, count })));
  return {
    title: "How many there are",
    note:
      set.classNames.length === 0
        ? "Images of each part. There are no labels, which an autoencoder needs none of."
        : "Images of each class. An autoencoder needs no labels; they say what its mistakes are about.",
    parts: [...(parts.length > 1 || ofClasses.length === 0 ? [{ content: ofParts }] : []), ...ofClasses],
  };
}

export function filesSection({ files, set }: Findings): readonly Section[] {
  if (files === undefined) return [];
  const { headers, sizes } = files;
  const scatter: readonly SectionPart[] =
    headers.sizes === 1
      ? []
      : [{ caption: "Sizes", content: { kind: "scatter", points: jittered(sizes), axes: ["width", "height"] } }];
  return [
    {
      title: "The files",
      note: `What the headers of ${counted(set.pictures.length, "readable file")} say.`,
      parts: [{ content: fileFacts(files, headers) }, ...scatter],
    },
  ];
}

function fileFacts({ plan, unreadable }: FileFindings, headers: HeaderStatistics): Facts {
  const listed = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${formatCount(count)}`)
      .join(", ");
  return {
    kind: "facts",
    rows: [
      ["Formats", listed(headers.formats)],
      ["Sizes", headers.sizes === 1 ? "all the same" : `${formatCount(headers.sizes)} different ones`],
      ["Width", describeSpread(headers.widths, "pixels")],
      ["Height", describeSpread(headers.heights, "pixels")],
      ["Width : height", describeSpread(headers.aspects, "")],
      ["Colours", listed(headers.colors)],
      ["Bits of a value", listed(headers.depths)],
      ["Turned by EXIF", formatCount(headers.turned)],
      ...(headers.paged === 0 ? [] : [["Several frames or pages", formatCount(headers.paged)] as const]),
      ...(headers.misnamed.length === 0 ? [] : [["Of another format than named", named(headers.misnamed)] as const]),
      ["Unreadable", formatCount(unreadable.length)],
      [
        "Shown and trained on as",
        `${plan.width} × ${plan.height}, ${{ 1: "grey", 3: "colour", 4: "colour with opacity" }[plan.channels]}, ${plan.fit}`,
      ],
    ],
  };
}

function describeSpread({ least, median, most }: Spread, unit: string): string {
  const text = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(2));
  const ending = unit === "" ? "" : ` ${unit}`;
  return least === most
    ? `${text(least)}${ending}`
    : `${text(least)} to ${text(most)}${ending}, half of them up to ${text(median)}`;
}

/** How many names a fact has. */
const NAMED = 5;

function named(names: readonly string[]): string {
  const left = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(left > 0 ? [`and ${formatCount(left)} more`] : [])].join(", ");
}

/** Points of whole numbers lie on one another; half a pixel to the side they show how many they are. */
function jittered(sizes: Float32Array): Float32Array {
  return sizes.map((side, at) => side + (((at * 0.618034) % 1) - 0.5) * 0.8);
}

/** Unreadable files that are named; the others are counted. */
const MOST_LISTED = 100;

export function unreadableSection({ files }: Findings): readonly Section[] {
  const unreadable = files?.unreadable ?? [];
  if (unreadable.length === 0) return [];
  const left = unreadable.length - MOST_LISTED;
  const rows = unreadable.slice(0, MOST_LISTED).map(({ entry, reason }) => [entry.name, reason] as const);
  return [
    {
      title: "Files that cannot be read",
      note: `${counted(unreadable.length, "file")} of ${formatCount(files?.files ?? 0)}: a training leaves them out.`,
      parts: [{ content: { kind: "facts", rows: left > 0 ? [...rows, ["and more", formatCount(left)]] : rows } }],
    },
  ];
}

/** A row or two of pictures of each class, as many of each. */
export function sheetSection({ set, inspection, parts }: Findings): Section {
  const { data, numbers, values } = inspection;
  const inARow = fitting(data, SEEN_OF_CLASS);
  const samples = Array.from(numbers.keys());
  const sheet = (members: readonly number[], rows: number): SectionPart["content"] => ({
    kind: "grid",
    samples: shownSamples(data, spread(members, rows * inARow), values),
    columns: inARow,
    isList: true,
  });
  if (set.classNames.length === 0) {
    return { title: "Some of them", note: "From all over the set.", parts: [{ content: sheet(samples, 3) }] };
  }
  const total = new Map<string, number>();
  for (const { className, count } of parts.flatMap(({ classes }) => classes)) {
    total.set(className, (total.get(className) ?? 0) + count);
  }
  const members = (className: string): number[] =>
    samples.filter((sample) => set.pictures[numbers[sample] as number]?.className === className);
  const shown = set.classNames.filter((className) => members(className).length > 0);
  const left = shown.slice(SHOWN_CLASSES);
  const more =
    left.length === 0 ? "" : ` ${counted(left.length, "more class is", "more classes are")} not shown: ${named(left)}.`;
  return {
    title: "Some of each class",
    note: `From all over the class: whether the pictures are what the label says, and what tells the classes apart.${more}`,
    parts: shown.slice(0, SHOWN_CLASSES).map((className) => ({
      caption: `${className}: ${counted(total.get(className) ?? 0, "image")}`,
      content: sheet(members(className), 1),
    })),
  };
}

/** So many of the members, at even distances. */
function spread(members: readonly number[], count: number): number[] {
  const step = Math.max(1, members.length / count);
  return Array.from({ length: Math.min(count, members.length) }, (_, index) => members[Math.floor(index * step)] ?? 0);
}

export function valuesSection({ inspection: { data, values } }: Findings): Section {
  const { range, channels, mean, deviation } = values;
  const isImage = data.shape.length === 3;
  const isUnit = range[0] === 0 && range[1] === 1;
  const names = Array.from({ length: BINS }, (_, bin) =>
    isUnit ? String((256 / BINS) * bin) : formatBriefly(range[0] + (bin / BINS) * (range[1] - range[0])),
  );
  const most = deviation.reduce((largest, value) => Math.max(largest, value), 0);
  return {
    title: "The values",
    note: isImage
      ? "The mean image shows what all have in common: an object that is always in the same place, a border, a date burnt into the corner. The " +
        "standard deviation shows where they differ; what is black there is the same in all images."
      : "The mean of each value over all samples, how much it varies, and how often values occur.",
    parts: [
      {
        content: {
          kind: "rows",
          rows: [
            { name: "mean", ...shownMean(data.shape, mean), ...(isUnit ? {} : { range }) },
            { name: "standard deviation", ...shownMean(data.shape, deviation), range: [0, most] },
          ],
        },
      },
      ...channels.map(({ channel, shares }) => ({
        caption: `How often values occur: ${channel}`,
        content: {
          kind: "bars" as const,
          values: shares.map((share) => 100 * share),
          names,
          axis: "% of the values",
          bars: isUnit && isImage ? "value, from 0 (black) to 255 (white)" : "value",
        },
      })),
    ],
  };
}

/** Four channels are shown as the first three: the mean of opacity is no opacity. */
function shownMean(shape: readonly number[], values: Float32Array): ShownValues {
  const [height = 1, width = 1, channels] = shape;
  if (shape.length !== 3 || channels !== 4) return { shape, values };
  return { shape: [height, width, 3], values: values.filter((_, at) => at % 4 !== 3) };
}
