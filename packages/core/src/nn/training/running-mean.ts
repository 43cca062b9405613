/** Means over samples of figures that come batch by batch, added up in float64. */
import type { Logs } from "../logs.ts";

export class RunningMean {
  readonly #sums = new Map<string, number>();
  #count = 0;

  /** Adds the means of a batch of so many samples. */
  add(means: Logs, count: number): void {
    for (const [name, mean] of Object.entries(means)) {
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + mean * count);
    }
    this.#count += count;
  }

  /** The means so far. */
  get values(): Logs {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
  }
}
