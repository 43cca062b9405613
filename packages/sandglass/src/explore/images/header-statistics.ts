/** What the headers of files say, counted. */
import type { ImageHeader, ReadableProbe } from "../../images/decode/index.ts";
import { formatOfExtension } from "../../images/image-formats.ts";

/** The spread of a figure. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export interface HeaderStatistics {
  readonly files: number;
  /** Files of each format, the most frequent first. */
  readonly formats: Readonly<Record<string, number>>;
  /** Files of each kind of colour: grey, color, CMYK, and those with opacity. */
  readonly colors: Readonly<Record<string, number>>;
  /** Files of each number of bits. */
  readonly depths: Readonly<Record<string, number>>;
  readonly widths: Spread;
  readonly heights: Spread;
  /** Width divided by height. */
  readonly aspects: Spread;
  /** How many different sizes there are. */
  readonly sizes: number;
  /** Images that EXIF turns. */
  readonly turned: number;
  /** Animations and files of several pages. */
  readonly paged: number;
  /** Names that promise another format than the files have. */
  readonly misnamed: readonly string[];
}

/** Counts; at least one header is needed. */
export function headerStatistics(probes: readonly ReadableProbe[]): HeaderStatistics {
  const headers = probes.map(({ header }) => header);
  return {
    files: probes.length,
    formats: countBy(headers, ({ format }) => format),
    colors: countBy(headers, colorOf),
    depths: countBy(headers, ({ depth }) => `${depth} bits`),
    widths: spreadOf(headers.map(({ width }) => width)),
    heights: spreadOf(headers.map(({ height }) => height)),
    aspects: spreadOf(headers.map(({ width, height }) => width / height)),
    sizes: new Set(headers.map(({ width, height }) => `${width}x${height}`)).size,
    turned: headers.filter(({ turned }) => turned).length,
    paged: headers.filter(({ pages }) => pages > 1).length,
    misnamed: probes.filter(isMisnamed).map(({ entry }) => entry.name),
  };
}

/** The share of an image that is cut off when it fills a shape and keeps its proportions. */
export function cutOff(
  { width, height }: Pick<ImageHeader, "width" | "height">,
  shape: { readonly width: number; readonly height: number },
): number {
  const ratio = (width * shape.height) / (height * shape.width);
  return 1 - Math.min(ratio, 1 / ratio);
}

const COLORS = { 1: "grey", 3: "color", 4: "CMYK" } as const;

function colorOf({ channels, alpha }: ImageHeader): string {
  return `${COLORS[channels]}${alpha ? " with opacity" : ""}`;
}

function isMisnamed({ entry: { name }, header }: ReadableProbe): boolean {
  return formatOfExtension(name.slice(name.lastIndexOf(".")))?.name.toLowerCase() !== header.format;
}

function countBy(headers: readonly ImageHeader[], keyOf: (header: ImageHeader) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const header of headers) counts.set(keyOf(header), (counts.get(keyOf(header)) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { least: at(0), median: at(0.5), most: at(1) };
}
