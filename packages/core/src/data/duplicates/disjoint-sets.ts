/** Things in groups that grow together: union by size with path halving (Tarjan and van Leeuwen 1984). */
export class DisjointSets {
  /** For each thing another one of its set, up to the set's root, which stands for itself. */
  readonly #parents: Uint32Array;
  readonly #sizes: Uint32Array;

  /** Each of the things 0 to `count` − 1 in a set of its own. */
  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_, index) => index);
    this.#sizes = new Uint32Array(count).fill(1);
  }

  /** Makes the sets of two things one. */
  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return;
    const [small, large] = (this.#sizes[a] as number) < (this.#sizes[b] as number) ? [a, b] : [b, a];
    this.#parents[small] = large;
    this.#sizes[large] = (this.#sizes[large] as number) + (this.#sizes[small] as number);
  }

  /** The thing that stands for the set: the same for all of its members. */
  find(thing: number): number {
    let at = thing;
    for (let parent = this.#parents[at] as number; parent !== at; parent = this.#parents[at] as number) {
      const above = this.#parents[parent] as number;
      this.#parents[at] = above;
      at = above;
    }
    return at;
  }

  /** The sets of two things and more, by their first members; members ascend. */
  groups(): number[][] {
    const byRoot = new Map<number, number[]>();
    for (let thing = 0; thing < this.#parents.length; thing++) {
      const root = this.find(thing);
      if ((this.#sizes[root] as number) < 2) continue;
      const group = byRoot.get(root);
      if (group === undefined) byRoot.set(root, [thing]);
      else group.push(thing);
    }
    return [...byRoot.values()];
  }
}
