/** How much an augmentation changes: what may be given, by text or by code. */

/** `true` stands for the amount that is taken where none is given. */
export type GivenAmount = string | number | true;

export interface Amount<T extends string | number> {
  readonly default: T;
  /** What may be given: `degrees from 0 to 180`. */
  readonly allowed: string;
  /** The amount that something given stands for; undefined where it is none. */
  read(given: GivenAmount): T | undefined;
}

/**
 * A number from 0, which changes nothing.
 *
 * @param unit what the number counts: `degrees`, `a share of each side`.
 */
export function upTo(
  most: number,
  { unit, default: own }: { readonly unit: string; readonly default: number },
): Amount<number> {
  return {
    default: own,
    allowed: `${unit} from 0 to ${most}`,
    read(given) {
      if (given === true) return own;
      const amount = typeof given === "string" && given.trim() === "" ? Number.NaN : Number(given);
      return amount >= 0 && amount <= most ? amount : undefined;
    },
  };
}

/** One of some words, the first unless given. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]): Amount<Word> {
  return {
    default: words[0],
    allowed: words.join(", "),
    read: (given) => (given === true ? words[0] : words.find((word) => word === given)),
  };
}
