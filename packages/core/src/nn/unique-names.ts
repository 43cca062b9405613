/** Gives every name once. */
export class UniqueNames {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  /** The wanted name, or that with a number where it has been given away: `conv2d`, `conv2d_1`. */
  take(wanted: string): string {
    let count = this.#counts.get(wanted) ?? 0;
    let name = count === 0 ? wanted : `${wanted}_${count}`;
    while (this.#taken.has(name)) name = `${wanted}_${++count}`;
    this.#counts.set(wanted, count + 1);
    this.#taken.add(name);
    return name;
  }
}
