import { FREQUENT_VALUES } from "./statistics.ts";
import type { Frequency } from "./statistics.ts";

/** Keeps the most frequent of any number of values, in room for twice as many as it keeps. */
export class MostFrequent {
  #kept: Frequency[] = [];
  /** The last of those that were kept when there were last too many: whatever comes after it is out. */
  #worst: Frequency | undefined;

  /** Takes a value that did not come before. */
  add(value: string, count: number): void {
    const candidate = { value, count };
    if (this.#worst !== undefined && byFrequency(candidate, this.#worst) > 0) return;
    this.#kept.push(candidate);
    if (this.#kept.length < 2 * FREQUENT_VALUES) return;
    this.#kept = this.values();
    this.#worst = this.#kept.at(-1);
  }

  /** Up to `FREQUENT_VALUES` values, the most frequent first, equally frequent ones by their texts. */
  values(): Frequency[] {
    return this.#kept.toSorted(byFrequency).slice(0, FREQUENT_VALUES);
  }
}

/** Orders the most frequent first, equally frequent ones by their texts (UTF-16 units, the same on every platform). */
export function byFrequency(one: Frequency, other: Frequency): number {
  if (one.count !== other.count) return other.count - one.count;
  if (one.value === other.value) return 0;
  return one.value < other.value ? -1 : 1;
}
