/** Orders of samples in which every class comes as often as the others, however rare it is. */
import { RandomStream } from "../../../data/random-stream.ts";
import type { ClassNumbers } from "../figures/check-samples.ts";

export interface BalancedOrderOptions {
  /** Decides the order; 0 unless given. */
  readonly seed?: number;
  /** The order of another epoch is another one; 0 unless given. */
  readonly epoch?: number;
  /** How many numbers; as many as there are samples unless given. */
  readonly count?: number;
}

/**
 * Numbers of samples for an epoch. Classes take turns, mixed anew in each round, so that their numbers differ by one at most; within a
 * class every sample comes before one comes again. So samples of rare classes come several times, and some of frequent
 * ones only in another epoch.
 *
 * @param labels the class of each sample, from 0 on; classes without samples do not count.
 * @throws RangeError when there is no sample, or the count is no whole number above 0.
 */
export function balancedOrder(
  labels: ClassNumbers,
  { seed = 0, epoch = 0, count = labels.length }: BalancedOrderOptions = {},
): Uint32Array {
  if (labels.length === 0) throw new RangeError("no labels came; a balanced order needs at least one sample");
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`an order of ${count} samples was asked for; expected a whole number from 1 on`);
  }
  const random = new RandomStream(seed, epoch);
  const classes = samplesByClass(labels).map((samples) => new Deck(samples, random));
  const turns = new Deck([...classes.keys()], random);
  return Uint32Array.from({ length: count }, () => (classes[turns.next()] as Deck).next());
}

/** Numbers in random order, all of them before one comes again. */
class Deck {
  readonly #numbers: number[];
  readonly #random: RandomStream;
  #left = 0;

  constructor(numbers: number[], random: RandomStream) {
    this.#numbers = numbers;
    this.#random = random;
  }

  next(): number {
    if (this.#left === 0) {
      this.#random.shuffle(this.#numbers);
      this.#left = this.#numbers.length;
    }
    return this.#numbers[--this.#left] as number;
  }
}

function samplesByClass(labels: ClassNumbers): number[][] {
  const classes = new Map<number, number[]>();
  for (let sample = 0; sample < labels.length; sample++) {
    const label = labels[sample] as number;
    const samples = classes.get(label);
    if (samples === undefined) classes.set(label, [sample]);
    else samples.push(sample);
  }
  // By class number, so that the order does not depend on which class comes first.
  return [...classes].toSorted(([a], [b]) => a - b).map(([, samples]) => samples);
}
