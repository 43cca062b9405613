/** How often a callback saves: at the end of each epoch, or each time so many batches have gone by. */
export type SaveFrequency = "epoch" | number;

/** Counts batches, as Keras does: on from epoch to epoch. */
export class BatchCounter {
  readonly #frequency: SaveFrequency;
  #sinceLast = 0;

  /** @throws RangeError unless the frequency is "epoch" or a whole number from 1 on. */
  constructor(owner: string, frequency: SaveFrequency) {
    if (frequency !== "epoch" && !(Number.isInteger(frequency) && frequency > 0)) {
      throw new RangeError(`saveFreq of ${owner} must be "epoch" or a number of batches from 1 on; ${frequency} came`);
    }
    this.#frequency = frequency;
  }

  get isPerEpoch(): boolean {
    return this.#frequency === "epoch";
  }

  get sinceLast(): number {
    return this.#sinceLast;
  }

  begin(sinceLast = 0): void {
    this.#sinceLast = sinceLast;
  }

  /** Whether it is time to save after one more batch. */
  next(): boolean {
    if (this.#frequency === "epoch") return false;
    this.#sinceLast = (this.#sinceLast + 1) % this.#frequency;
    return this.#sinceLast === 0;
  }
}
