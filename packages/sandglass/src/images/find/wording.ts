/** Phrases of which notes and errors are made. */

/** `1 image`, `2 images`; a plural that is not made by an s is given. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}

/** The first few of many names: `a, b, c, …`. */
export function some(names: readonly string[], limit = 3): string {
  return names.slice(0, limit).join(", ") + (names.length > limit ? ", …" : "");
}
