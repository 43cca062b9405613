/**
 * How many there are of something, in words: `1 sample`, `10,000 samples`.
 *
 * @param plural is made with an s unless given.
 */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US", { maximumFractionDigits: 0 })} ${count === 1 ? noun : plural}`;
}
