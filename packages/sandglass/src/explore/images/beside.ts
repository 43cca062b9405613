/** Images of the same name in two formats, side by side: the second ones are masks, more often than not. */
import type { Picture } from "./picture-set.ts";

export interface BesideImages {
  /** The ending that the images have which stand alone, too: `.jpg`. */
  readonly images: string;
  /** The ending of those that never do: `.png`. */
  readonly others: string;
  /** How many of these there are. */
  readonly count: number;
}

/** Fewer than that of all images are a slip. */
const LEAST_SHARE = 0.1;

/** Finds an ending whose files all have another one of the same name beside them, while some of those have not. */
export function imagesBeside(pictures: readonly Picture[]): BesideImages | undefined {
  const endings = new Map<string, Set<string>>();
  for (const { name } of pictures) {
    const dot = name.lastIndexOf(".");
    const stems = endings.get(name.slice(dot)) ?? new Set();
    endings.set(name.slice(dot), stems.add(name.slice(0, dot)));
  }
  const [larger, smaller, ...rest] = [...endings].toSorted(([, a], [, b]) => b.size - a.size);
  if (larger === undefined || smaller === undefined || rest.length > 0) return undefined;
  const [[images, stems], [others, partners]] = [larger, smaller];
  const isBeside = partners.size < stems.size && [...partners].every((stem) => stems.has(stem));
  if (!isBeside || partners.size < LEAST_SHARE * pictures.length) return undefined;
  return { images, others, count: partners.size };
}
