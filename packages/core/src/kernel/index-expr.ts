/**
 * Index arithmetic of kernels.
 *
 * An `Index` is an affine combination of index variables: `constant + Σ coefficient · variable`. Keeping it affine lets the
 * renderer turn every address into a pointer that a loop advances, instead of multiplying in the innermost loop. Whatever is
 * not affine (a minimum, a division) is bound to a variable of its own by the kernel builder.
 */

/** A loop counter, a kernel parameter or a bound value; integers that are never negative while used in an address. */
export interface IndexVariable {
  readonly id: number;
  readonly name: string;
}

export class Index {
  readonly constant: number;
  readonly terms: ReadonlyMap<IndexVariable, number>;

  private constructor(constant: number, terms: ReadonlyMap<IndexVariable, number>) {
    this.constant = constant;
    this.terms = terms;
  }

  static constant(value: number): Index {
    return new Index(value, new Map());
  }

  static variable(variable: IndexVariable): Index {
    return new Index(0, new Map([[variable, 1]]));
  }

  static from(value: IndexLike): Index {
    return typeof value === "number" ? Index.constant(value) : value;
  }

  plus(other: IndexLike): Index {
    const right = Index.from(other);
    const terms = new Map(this.terms);
    for (const [variable, coefficient] of right.terms) {
      const sum = (terms.get(variable) ?? 0) + coefficient;
      if (sum === 0) terms.delete(variable);
      else terms.set(variable, sum);
    }
    return new Index(this.constant + right.constant, terms);
  }

  minus(other: IndexLike): Index {
    return this.plus(Index.from(other).times(-1));
  }

  times(factor: number): Index {
    if (factor === 0) return Index.constant(0);
    return new Index(this.constant * factor, new Map([...this.terms].map(([v, c]) => [v, c * factor])));
  }

  /** The value when no variable is involved, else undefined. */
  get known(): number | undefined {
    return this.terms.size === 0 ? this.constant : undefined;
  }

  toString(): string {
    const parts = [...this.terms].map(([v, c]) => (c === 1 ? v.name : `${c}*${v.name}`));
    if (this.constant !== 0 || parts.length === 0) parts.push(String(this.constant));
    return parts.join(" + ");
  }
}

export type IndexLike = Index | number;

/** The row-major position of `coordinates` in an array of the given shape. */
export function flatten(coordinates: readonly IndexLike[], shape: readonly number[]): Index {
  let index = Index.constant(0);
  for (const [axis, size] of shape.entries()) index = index.times(size).plus(coordinates[axis] ?? 0);
  return index;
}
