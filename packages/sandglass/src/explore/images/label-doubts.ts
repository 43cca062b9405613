/**
 * Labels that the neighbours of a sample speak against: k nearest neighbours in codes (E. Fix, J. Hodges, 1951), whose votes count for
 * less the more samples their class has. It is a guess, and tells so where the codes hardly tell the classes apart.
 */

export interface LabelDoubt {
  /** The position of the sample. */
  readonly sample: number;
  /** What it is labelled, and what its neighbours are. */
  readonly label: number;
  readonly suggested: number;
  /** The share of the neighbours' votes for what is suggested. */
  readonly votes: number;
}

export interface LabelDoubts {
  /** How many labelled samples were compared. */
  readonly compared: number;
  /** The mean over the classes of the share of samples that their neighbours give the right label. */
  readonly agreement: number;
  /** What guessing would get of it. */
  readonly chance: number;
  /** Whether the codes tell classes apart well enough for neighbours to say anything. */
  readonly isTelling: boolean;
  /** The most doubtful first; none where nothing can be said. */
  readonly doubts: readonly LabelDoubt[];
}

const NEIGHBOURS = 15;
/** Fewer samples of a class are no neighbourhood. */
const FEWEST_OF_CLASS = 4;
/** So much of the way from guessing to certainty. */
const LEAST_AGREEMENT = 0.5;
/** The share of votes that a doubt needs, and the most that the label itself may have. */
const [LEAST_VOTES, MOST_OWN] = [0.8, 0.1];

/**
 * Compares each labelled sample with all others, which takes n² steps.
 *
 * @param codes code after code, of `size` numbers.
 * @param labels a class for each sample; undefined where it has none.
 * @returns undefined when there are not two classes of some samples.
 */
export function findLabelDoubts(
  codes: Float32Array,
  size: number,
  labels: readonly (number | undefined)[],
): LabelDoubts | undefined {
  const counts = new Map<number, number>();
  for (const label of labels) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  const classes = [...counts].filter(([, count]) => count >= FEWEST_OF_CLASS).map(([label]) => label);
  if (classes.length < 2) return undefined;
  const known = Array.from(labels.keys()).filter((sample) => classes.includes(labels[sample] ?? -1));
  const own = Uint32Array.from(known, (sample) => labels[sample] as number);
  const rows = gather(codes, size, known);
  const neighbours = Math.min(NEIGHBOURS, Math.max(3, Math.floor(known.length / classes.length / 2)));
  const right = new Map<number, number>(classes.map((label) => [label, 0]));
  const doubts: { readonly doubt: LabelDoubt; readonly margin: number }[] = [];
  const nearest = new Nearest(neighbours);
  for (const [at, sample] of known.entries()) {
    const label = own[at] as number;
    const { votes, margin } = vote(rows, size, own, at, nearest, counts);
    const [suggested, share] = votes.reduce((best, one) => (one[1] > best[1] ? one : best));
    if (suggested === label) right.set(label, (right.get(label) as number) + 1);
    const ownShare = votes.find(([voted]) => voted === label)?.[1] ?? 0;
    if (suggested !== label && share >= LEAST_VOTES && ownShare <= MOST_OWN) {
      doubts.push({ doubt: { sample, label, suggested, votes: share }, margin });
    }
  }
  const agreement =
    classes.reduce((sum, label) => sum + (right.get(label) as number) / (counts.get(label) as number), 0) /
    classes.length;
  const chance = 1 / classes.length;
  const isTelling = (agreement - chance) / (1 - chance) >= LEAST_AGREEMENT;
  return {
    compared: known.length,
    agreement,
    chance,
    isTelling,
    doubts: isTelling
      ? doubts.toSorted((a, b) => b.doubt.votes - a.doubt.votes || a.margin - b.margin).map(({ doubt }) => doubt)
      : [],
  };
}

/** The votes of the nearest neighbours by class, which add up to 1, and the squared distance of the nearest. */
function vote(
  rows: Float32Array,
  size: number,
  labels: Uint32Array,
  at: number,
  nearest: Nearest,
  counts: ReadonlyMap<number, number>,
): { readonly votes: readonly (readonly [label: number, share: number])[]; readonly margin: number } {
  nearest.clear();
  for (let other = 0; other < labels.length; other++) {
    if (other !== at) nearest.offer(other, squaredDistance(rows, size, at, other, nearest.farthest));
  }
  const weights = new Map<number, number>();
  let total = 0;
  for (const neighbour of nearest.members) {
    const label = labels[neighbour] as number;
    const weight = 1 / (counts.get(label) as number);
    weights.set(label, (weights.get(label) ?? 0) + weight);
    total += weight;
  }
  return { votes: [...weights].map(([label, weight]) => [label, weight / total] as const), margin: nearest.closest };
}

/** Gives up where the distance is larger than what matters. */
function squaredDistance(rows: Float32Array, size: number, one: number, other: number, limit: number): number {
  let sum = 0;
  for (let place = 0, a = one * size, b = other * size; place < size && sum < limit; place++, a++, b++) {
    const difference = (rows[a] as number) - (rows[b] as number);
    sum += difference * difference;
  }
  return sum;
}

function gather(codes: Float32Array, size: number, samples: readonly number[]): Float32Array {
  const rows = new Float32Array(samples.length * size);
  for (const [to, from] of samples.entries()) rows.set(codes.subarray(from * size, (from + 1) * size), to * size);
  return rows;
}

/** The few nearest of many, kept in order. */
class Nearest {
  readonly #most: number;
  readonly members: number[] = [];
  readonly #distances: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Of those that are kept, once there are enough. */
  get farthest(): number {
    return this.members.length < this.#most ? Infinity : (this.#distances.at(-1) as number);
  }

  get closest(): number {
    return this.#distances[0] ?? Infinity;
  }

  clear(): void {
    this.members.length = 0;
    this.#distances.length = 0;
  }

  offer(member: number, distance: number): void {
    if (distance >= this.farthest) return;
    let place = this.members.length;
    while (place > 0 && (this.#distances[place - 1] as number) > distance) place--;
    this.members.splice(place, 0, member);
    this.#distances.splice(place, 0, distance);
    if (this.members.length > this.#most) {
      this.members.pop();
      this.#distances.pop();
    }
  }
}
